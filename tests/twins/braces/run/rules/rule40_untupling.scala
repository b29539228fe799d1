// A lambda with several parameters takes a tuple.
@main def run(): Unit = {
  val xs = List((1, 2), (3, 4))
  println(xs.map((a, b) => a + b))
  println(xs.map(_ + _))
  println(xs.filter((a, _) => a > 1))
  println(List((1, 2, 3)).map((a, b, c) => a * b * c))
  println(Map("a" -> 1).map((k, v) => s"$k$v"))
  println(xs.zipWithIndex.map { case ((a, b), i) => a + b + i })
  println(xs.foldLeft(0) { case (sum, (a, b)) => sum + a * b })
  println(xs.forall(_ < _))
  println(List(1, 2).zip(List("a", "b")).foreach((n, s) => print(s * n)))
}
