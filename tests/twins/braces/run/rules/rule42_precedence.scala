// Precedence by the first character; operators that end in a colon belong to the right.
case class T(s: String) {
  infix def or(t: T) = T(s"($s or ${t.s})")
  def |(t: T) = T(s"($s | ${t.s})")
  def ^(t: T) = T(s"($s ^ ${t.s})")
  def &(t: T) = T(s"($s & ${t.s})")
  def ===(t: T) = T(s"($s === ${t.s})")
  def <>(t: T) = T(s"($s <> ${t.s})")
  def +(t: T) = T(s"($s + ${t.s})")
  def *(t: T) = T(s"($s * ${t.s})")
  def ~~(t: T) = T(s"($s ~~ ${t.s})")
  def ::(t: T) = T(s"(${t.s} :: $s)")
  def :+(t: T) = T(s"($s :+ ${t.s})")
  def ==>(t: T) = T(s"($s ==> ${t.s})")
  def unary_! = T(s"!$s")
}

@main def run(): Unit = {
  val List(a, b, c, d) = List("a", "b", "c", "d").map(T(_)): @unchecked
  println((a or b | c ^ d).s)
  println((a | b ^ c & d).s)
  println((a & b === c <> d).s)
  println((a <> b + c * d).s)
  println((a * b ~~ c + d).s)
  println((a :: b :: c).s)
  println((a :+ b :+ c + d).s)
  println((a ==> b | c).s)
  println((!a * !b).s)
  println(1 + 2 * 3 - 4 << 1 & 7)
  println(5 | 2 ^ 3 & 6)
  println(1 < 2 == true)
  println(1 :: 2 +: List(3))
  println(10 - 3 - 2)
  println(2 * 3 % 4)
  var n = 1
  n += 2 * 3 - 1
  println(n)
}
