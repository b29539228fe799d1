// A range with step zero.
@main def run(): Unit = {
  val step = "x".length - 1
  println((1 to 3 by step + 1).toList)
  println((1 to 3 by step).toList)
}
