// Fields are set from the top; a lazy val waits for its first use.
class Parts(n: Int) {
  val first = {
    println("first")
    n
  }
  lazy val late = {
    println("late")
    first + second
  }
  val second = {
    println("second")
    first * 2
  }
  var third = second + 1
  println(s"made $first $second $third")
}

@main def run(): Unit = {
  val p = Parts(5)
  println(p.late)
  println(p.late)
  p.third = 0
  println(p.third)
}
