// a op: b evaluates a, then b, then calls b.op:(a).
def log[A](name: String, a: A): A = {
  println(name)
  a
}

class Stack(val items: List[Int]) {
  def +:(n: Int): Stack = {
    println(s"push $n")
    Stack(n :: items)
  }
}

@main def run(): Unit = {
  val stack = log("a", 1) +: log("b", 2) +: log("stack", Stack(Nil))
  println(stack.items)
  println(log("x", 1) :: log("y", List(2)))
  println((log("f", "f") +: log("v", Vector("g"))).mkString)
}
