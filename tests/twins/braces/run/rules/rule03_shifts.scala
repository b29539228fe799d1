// scalac warns: shifting by a Long is deprecated
// The distance of a shift is masked by 31 or 63, whatever its type; the left side gives the type.
@main def run(): Unit = {
  println(1 << 33)
  println(1 << -1)
  println(1L << 65)
  val byLong: Int = 1 << 33L
  println(byLong)
  println(-1 >>> 28)
  println(-1 >> 28)
  println(-1L >>> 60)
  println(-16 >> 34)
  val b: Byte = -1
  println(b >>> 28)
  println('a' << 1)
  var n = 5
  n <<= 33
  println(n)
  n >>>= 1
  println(n)
  println((1 to 3).map(i => 1 << (i * 20)))
}
