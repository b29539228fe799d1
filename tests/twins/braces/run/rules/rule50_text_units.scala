// Text is a sequence of UTF-16 units; order goes by unit; case by Unicode tables.
@main def run(): Unit = {
  val text = "aé😀"
  println(text.length)
  println(text.map(_.toInt).toList)
  println(text.reverse.length)
  println(text.codePointAt(2))
  println(List("b", "A", "a", "é", "Z", "😀", "ﬀ").sorted)
  println("straße".toUpperCase)
  println("ÀÉ".toLowerCase)
  println("ǆ".capitalize)
  println("abc".compareTo("abd") < 0)
  println("a" < "b")
  println("Z" < "a")
  println(text.substring(2) == "😀")
  println(text.indexOf("😀"))
  println('é'.isLetter && 'é'.toUpper == 'É')
  println("İ".toLowerCase.length)
  println("résumé".filter(_ > 127))
  println("a,b".split(',').toList)
}
