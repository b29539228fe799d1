// require without a message.
@main def run(): Unit = {
  require(1 < 2)
  println("first passed")
  require(2 < 1)
}
