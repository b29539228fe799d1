// scalac warns: deprecated forms that still mean what they meant
// `+` with any value, from the left.
@main def run(): Unit = {
  println(1 + 2 + "x" + 1 + 2)
  println("" + 'a' + 1)
  println("x" + (1 + 2))
  println("n" + None)
  println("l" + List(1, 2))
  println("t" + (1, 'c'))
  println("b" + true + false)
  println("u" + ())
  println("long " + 5L)
  println("big " + BigInt(7))
  val empty: Option[String] = Some("")
  println("o" + empty)
  println('a' + 1 + "b")
}
