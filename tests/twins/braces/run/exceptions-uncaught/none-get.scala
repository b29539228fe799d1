// get of None.
@main def run(): Unit = {
  val found = List(1, 2, 3).find(_ > 2)
  println(found.get)
  println(List(1, 2, 3).find(_ > 5).get)
}
