// scalac warns: deprecated forms that still mean what they meant
// Hexadecimal literals, separators, and the sign that belongs to a literal.
@main def run(): Unit =
  println(0xFFFFFFFF)
  println(0xFFFFFFFFL)
  println(0x7fffffff)
  println(1_000_000)
  println(1_000_000_000_000L)
  println(-2147483648)
  println(-9223372036854775808L)
  println((-2).abs)
  val x = -2
  println(x.abs)
  val y = 2
  println(-y.abs)
  println(0x1F + 0xf)
  println(-0x10)
