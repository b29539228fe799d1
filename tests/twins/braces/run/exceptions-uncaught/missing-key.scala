// A key that is not in the map.
@main def run(): Unit = {
  val m = Map("one" -> 1)
  println(m("one"))
  println(m("two"))
}
