// assert throws an AssertionError; the message is evaluated only when it fails.
@main def run(): Unit = {
  def message(): String = {
    println("message evaluated")
    "two is not three"
  }
  assert(1 + 1 == 2, message())
  println("first passed")
  assert(1 + 1 == 3, message())
}
