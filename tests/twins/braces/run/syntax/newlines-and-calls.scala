// Where a line ends a statement, and where it goes on.
@main def run(): Unit = {
  def f(n: Int): Int = { print(s"f$n "); n }
  val x = f(1)
  (f(2))
  println(x)
  def g(a: Int)(b: Int): Int = a * b
  val y = g(2)
    (10)
  println(y)
  val z = {
    f(3); f(4)
  }
  println(z)
  val list = List(
    1,
    2,
    3,
  )
  println(list)
  println(
    list
      .map { n =>
        n + 1
      }
      .sum
  )
}
