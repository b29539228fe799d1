// The text of case classes and objects, without quotes around strings.
case class P(name: String, age: Int)
case class Wrapper[A](value: A)
case class Empty()
case object Single
case class Custom(n: Int) {
  override def toString: String = s"<$n>"
}

@main def run(): Unit = {
  println(P("Ada", 36))
  println(Wrapper(P("x", 1)))
  println(Wrapper(List("a", "b")))
  println(Wrapper(None))
  println(Empty())
  println(Single)
  println(Custom(5))
  println(Wrapper(Custom(5)))
  println(List(Custom(1), Custom(2)))
  println(s"${P("Bob", 7)}")
}
