// A function of several parameters where one of a tuple is expected.
@main def run(): Unit = {
  val pairs = List((1, 2), (3, 4))
  println(pairs.map((a, b) => a * b))
  println(pairs.map(_ + _))
  println(pairs.filter((a, b) => a + b > 3))
  println(List((1, "a", true)).map((n, s, b) => s"$n$s$b"))
  println(Map(1 -> "x").map((k, v) => (v, k)))
  println(pairs.zipWithIndex.map { case ((a, b), i) => a + b + i })
  println(pairs.foldLeft(0)((sum, p) => sum + p._1))
  pairs.foreach((a, b) => print(s"$a/$b "))
  println()
  println(pairs.sortBy((a, b) => -b))
}
