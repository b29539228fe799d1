// What toInt takes and refuses.
def attempt(text: String): Unit =
  try println(text.toInt)
  catch case e: NumberFormatException => println(e.getMessage)

@main def run(): Unit = {
  List("+5", "-5", "007", "2147483647", "-2147483648").foreach(attempt)
  List("", " 5", "5 ", "12x", "2147483648", "+", "-", "1_000", "0x10").foreach(attempt)
  println("9223372036854775807".toLong)
  println("12".toIntOption)
  println("x".toIntOption)
  println("2.5e3".toDouble)
  println(" 2.5 ".toDouble)
  println("abc".toDoubleOption)
  println("true".toBoolean)
  println("TRUE".toBooleanOption)
  try println("yes".toBoolean)
  catch case e: IllegalArgumentException => println(e.getMessage)
  println('7'.toInt)
  println('7'.asDigit)
  println('f'.asDigit)
  println('?'.asDigit)
  println(Integer.parseInt("-ff", 16))
}
