// Several generators, guards and definitions.
@main def run(): Unit = {
  for {
    i <- 1 to 3
    j <- 1 to 3
    if i != j
    sum = i + j
    if sum % 2 == 1
  }
  do println(s"$i $j $sum")
  println(for { x <- List(1, 2); y <- List("a", "b") } yield x.toString + y)
  val triples =
    for {
      a <- 1 to 20
      b <- a to 20
      c <- b to 20
      if a * a + b * b == c * c
    }
    yield (a, b, c)
  println(triples)
  println(for x <- List(1, 2, 3); y = x * x; if y > 1 yield y)
  println(for (x <- List(3, 1); y <- 1 to x) yield y)
}
