// Byte and Short: arithmetic gives Int, narrowing keeps the low bits.
@main def run(): Unit = {
  val b: Byte = 100
  val s: Short = 30000
  println(b + b)
  println((b + b).toByte)
  println(s + s)
  println((s + s).toShort)
  println(200.toByte)
  println(70000.toShort)
  println((-1).toByte.toInt & 0xff)
  println(Byte.MaxValue)
  println(Short.MinValue)
  println(b == 100)
  println(b < s)
  println((b: Any) == 100)
  println('a'.toByte)
  println(b.toChar)
}
