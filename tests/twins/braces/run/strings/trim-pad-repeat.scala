// Blanks, repetition, case, reversal.
@main def run(): Unit = {
  println("[" + "  hi \n".trim + "]")
  println("ab" * 3)
  println("ab" * 0 == "")
  println("Hello".toUpperCase)
  println("Hello".toLowerCase)
  println("hello".capitalize)
  println("hello".reverse)
  println("7".padTo(3, '.'))
  println("hello".padTo(3, '.'))
  println("[" + " x ".strip + "]")
  println("abc".concat("def"))
  println("banana".replace('a', 'o'))
  println("banana".replace("an", "AN"))
  println("banana".distinct)
  println("hello".sorted)
  println("hello".updated(1, 'a'))
}
