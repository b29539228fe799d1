// Any holds everything; text and equality work by the value inside.
@main def run(): Unit = {
  val things: List[Any] = List(1, "a", 'c', true, 5L, List(1, 2), Some("x"), (1, 2), ())
  things.foreach(println)
  println(things)
  println((1: Any) == (1L: Any))
  println(('a': Any) == 97)
  println((1: Any) == "1")
  println((List(1): Any) == Vector(1))
  val m: Map[Any, Int] = Map(1 -> 10, "one" -> 11)
  println(m.get(1L))
  println(m("one"))
  val o: Any = "text"
  println(o.toString.length)
  println(s"$o ${o == "text"}")
}
