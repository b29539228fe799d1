// Case of letters outside of ASCII.
@main def run(): Unit = {
  println("straße".toUpperCase)
  println("ÄÖÜ".toLowerCase)
  println('é'.toUpper)
  println('ß'.toUpper)
  println("é".isEmpty)
  println('é'.isLetter)
  println('Ω'.isUpper)
  println('٣'.isDigit)
  println("naïve".capitalize)
}
