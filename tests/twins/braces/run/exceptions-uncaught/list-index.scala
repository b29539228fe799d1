// An index outside of a list.
@main def run(): Unit = {
  val xs = List(1, 2, 3)
  println(xs(2))
  println(xs(5))
}
