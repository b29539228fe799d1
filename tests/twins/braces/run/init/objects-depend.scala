// Objects that initialise one another, each once.
object A {
  println("A begins")
  val x = B.y + 1
  println("A ends")
}
object B {
  println("B begins")
  val y = C.z * 2
  println("B ends")
}
object C {
  println("C")
  val z = 5
}

@main def run(): Unit = {
  println("start")
  println(A.x)
  println(C.z)
  println(A.x + B.y)
}
