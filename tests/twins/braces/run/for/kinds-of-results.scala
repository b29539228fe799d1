// The first generator decides what the result is.
@main def run(): Unit = {
  println(for x <- List(1, 2) yield x + 1)
  println(for x <- Vector(1, 2) yield x + 1)
  println(for x <- Set(1, 2, 3) yield x % 2)
  println(for x <- Option(5) yield x + 1)
  println(for (k, v) <- Map("a" -> 1) yield (k, v + 1))
  println(for (k, v) <- Map("a" -> 1) yield s"$k$v")
  println(for c <- "abc" yield c.toUpper)
  println(for c <- "abc" yield c.toInt)
  println(for x <- List(1, 2); y <- Option(x).filter(_ > 1) yield y)
  println(for x <- (1 to 3).iterator yield x * 2)
}
