// Text to number and back; what is no number gives None.
object Main:
  def main(args: Array[String]): Unit =
    println("42".toInt + 1)
    println("+5".toInt)
    println("-17".toInt)
    println("007".toInt)
    println("9223372036854775807".toLong)
    println("-2147483648".toInt)
    println("12x".toIntOption)
    println("".toIntOption)
    println(" 5".toIntOption)
    println("2147483648".toIntOption)
    println("2147483647".toIntOption)
    println("2147483648".toLongOption)
    println("true".toBoolean)
    println("false".toBooleanOption)
    println("yes".toBooleanOption)
    println(42.toString + 1)
