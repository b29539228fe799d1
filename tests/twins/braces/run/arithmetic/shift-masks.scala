// scalac warns: deprecated forms that still mean what they meant
// The shift count is masked by 31 for Int and by 63 for Long, whatever the type of the count.
@main def run(): Unit = {
  println(1 << 33)
  println(1 << -1)
  println(1 << 32)
  println(1L << 65)
  println(1L << 63)
  println(1L << -1)
  println(1 << 33L)
  val count = 35
  println(5 << count)
  println(-1 >> 31)
  println(-1 >>> 28)
  println(-1 >>> 0)
  println(-1 >>> 32)
  println(-8 >> 1)
  println(-8 >>> 1)
  println(-8L >>> 1)
  println(Int.MinValue >> 31)
  println(Int.MinValue >>> 31)
}
