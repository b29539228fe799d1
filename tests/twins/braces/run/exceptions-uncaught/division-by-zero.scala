// Division of an Int by zero ends the program.
@main def run(): Unit = {
  val zero = List(1).length - 1
  println("before")
  println(10 / zero)
  println("never")
}
