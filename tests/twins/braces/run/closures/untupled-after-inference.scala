// A lambda of two parameters takes the pair that an earlier argument list has settled.
@main def run(): Unit = {
  println(Iterator.iterate((0, 1))((a, b) => (b, a + b)).map(_._1).take(8).toList)
  println(LazyList.iterate((BigInt(1), "a"))((n, s) => (n * 2, s + n)).take(3).toList)
  println(List((1, "x"), (2, "y")).map((n, s) => s * n))
  println(List((1, 2), (3, 4)).foldLeft((0, 0))((sum, pair) => (sum._1 + pair._1, sum._2 + pair._2)))
}
