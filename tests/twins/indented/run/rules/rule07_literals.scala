// scalac warns: a minus before a literal that is then selected from
// Literals are bits when hexadecimal; a minus directly before digits belongs to them.
@main def run(): Unit =
  println(0xFFFFFFFF)
  println(0xFFFFFFFFL)
  println(0x7fff_ffff)
  println(0b1111_0000)
  println(1_000_000)
  println(-2147483648)
  println(-9223372036854775808L)
  println((-2).abs)
  val x = 2
  println(-x.abs)
  println((-2).max(3))
  println(1e3)
  println(.5)
  println(1.5f)
  println(2d)
  println(1L + 0xF)
