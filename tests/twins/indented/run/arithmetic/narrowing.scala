// `.toInt` and `.toChar` keep the low bits.
object Main:
  def main(args: Array[String]): Unit =
    println(0x1ffffffffL.toInt)
    println(0x100000000L.toInt)
    println(4294967297L.toInt)
    println((-1).toChar.toInt)
    println(65601.toChar)
    println(97.toChar)
    println('z'.toInt)
    println('7'.toInt)
    println('7'.asDigit)
    println(Long.MinValue.toInt)
    println(Long.MaxValue.toInt)
    println((-1L).toInt)
    println((1L << 40).toInt)
