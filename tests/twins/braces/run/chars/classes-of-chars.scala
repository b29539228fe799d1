// Letters, digits, spaces and cases.
@main def run(): Unit = {
  for c <- List('a', 'Z', '5', ' ', '_', '\n', '!') do
    println(s"${c.toInt} ${c.isLetter} ${c.isDigit} ${c.isLetterOrDigit} ${c.isWhitespace} ${c.isUpper} ${c.isLower}")
  println('a'.toUpper)
  println('Z'.toLower)
  println('5'.toUpper)
  println('f'.asDigit)
}
