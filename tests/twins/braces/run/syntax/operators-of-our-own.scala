// Precedence and associativity of operators defined by programs.
case class N(text: String) {
  def +(that: N): N = N(s"($text + ${that.text})")
  def *(that: N): N = N(s"($text * ${that.text})")
  def ^(that: N): N = N(s"($text ^ ${that.text})")
  def |(that: N): N = N(s"($text | ${that.text})")
  def <(that: N): N = N(s"($text < ${that.text})")
  def ::(that: N): N = N(s"(${that.text} :: $text)")
  def ~>(that: N): N = N(s"($text ~> ${that.text})")
  def +:(that: N): N = N(s"(${that.text} +: $text)")
  infix def and(that: N): N = N(s"($text and ${that.text})")
  def unary_- : N = N(s"-$text")
  def unary_~ : N = N(s"~$text")
}

@main def run(): Unit = {
  val a = N("a")
  val b = N("b")
  val c = N("c")
  println((a + b * c).text)
  println((a * b + c).text)
  println((a | b ^ c).text)
  println((a < b + c).text)
  println((a + b + c).text)
  println((a :: b :: c).text)
  println((a +: b +: c).text)
  println((a and b + c).text)
  println((a and b and c).text)
  println((a ~> b ~> c).text)
  println((-a + ~b).text)
  println((a * b ~> c).text)
}
