// An index outside of a vector.
@main def run(): Unit = {
  val v = Vector(1, 2, 3)
  println(v(2))
  println(v(3))
}
