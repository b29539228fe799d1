// A value widens where the larger type is expected, after the operation.
def long(n: Long): String = s"long $n"
def double(d: Double): String = s"double $d"

object Limits {
  inline val constant = 100
  inline val letter = 66
}

@main def run(): Unit = {
  val l: Long = Int.MaxValue + 1
  println(l)
  val d: Double = 1 / 2
  println(d)
  val c: Char = 65
  val b: Byte = 127
  val s: Short = b
  val i: Int = s
  val f: Float = s
  println(s"$c $b $s $i $f")
  println(long('a'))
  println(double(3L))
  val ls: List[Long] = List(1, 2, 3)
  println(ls.sum)
  val e: Either[String, Long] = Right(1)
  println(e)
  val small: Byte = Limits.constant
  val char: Char = Limits.letter
  println(char)
  println(small)
  val big: Double = Long.MaxValue
  println(big)
}
