// Length and indices count UTF-16 units.
@main def run(): Unit = {
  val s = "aé😀"
  println(s.length)
  println(s.charAt(0))
  println(s(1))
  println(s.charAt(2).toInt)
  println(s.charAt(3).toInt)
  println("hello".head)
  println("hello".last)
  println("hello".tail)
  println("hello".init)
  println("".isEmpty)
  println("x".nonEmpty)
  println("hello".indices.toList)
  println("hello".size)
  println("hello".headOption)
  println("".lastOption)
}
