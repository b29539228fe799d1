// scalac warns: deprecated forms that still mean what they meant
// Escapes and code points.
@main def run(): Unit = {
  println('\''.toInt)
  println('"'.toInt)
  println('\\'.toInt)
  println('\t'.toInt)
  println('\u0041')
  println('é'.toInt)
  println('€'.toInt)
  val cs = List('b', 'a', 'C')
  println(cs)
  println(cs.sorted)
  println(cs.max)
  println("" + 'a' + 'b')
  println('a' + "b")
  println('a'.toString * 3)
}
