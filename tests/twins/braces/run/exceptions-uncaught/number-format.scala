// Text that is no number.
@main def run(): Unit = {
  println("12".toInt)
  println("12x".toInt)
}
