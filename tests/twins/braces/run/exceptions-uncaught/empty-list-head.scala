// The head of an empty list.
@main def run(): Unit = {
  val xs = List(1, 2)
  println(xs.tail.head)
  println(xs.tail.tail.head)
}
