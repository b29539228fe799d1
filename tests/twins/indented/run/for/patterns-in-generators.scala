// `case` in a generator filters; without it the pattern must always fit.
@main def run(): Unit =
  val pairs = List((1, "a"), (2, "b"), (3, "c"))
  for (n, s) <- pairs do print(s * n + " ")
  println()
  println(for case (2, s) <- pairs yield s)
  println(for case Some(n) <- List(Some(1), None, Some(3)) yield n * 2)
  println(for case x :: y :: _ <- List(List(1, 2, 3), List(4), List(5, 6)) yield x + y)
  println(for  (n, s) <- pairs; (m, t) <- pairs; if m > n  yield s + t)
  println(for case Right(n) <- List[Either[String, Int]](Left("x"), Right(7)) yield n)
  for ((a, b), i) <- pairs.zipWithIndex do print(s"$a$b$i ")
  println()
