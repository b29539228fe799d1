// for becomes foreach, map, flatMap and withFilter.
class Traced[A](val as: List[A]) {
  def map[B](f: A => B): Traced[B] = { println("map"); Traced(as.map(f)) }
  def flatMap[B](f: A => Traced[B]): Traced[B] = { println("flatMap"); Traced(as.flatMap(a => f(a).as)) }
  def withFilter(p: A => Boolean): Traced[A] = { println("withFilter"); Traced(as.filter(p)) }
  def foreach(f: A => Unit): Unit = { println("foreach"); as.foreach(f) }
}

@main def run(): Unit = {
  val xs = Traced(List(1, 2, 3))
  println((for x <- xs if x > 1 yield x * 2).as)
  println((for x <- xs; y <- xs if x < y yield x * 10 + y).as)
  println((for x <- xs; z = x * x; y <- Traced(List(z)) yield y + 1).as)
  for x <- xs; y <- xs do print(x * y)
  println()
  println(for i <- 1 to 3 yield i)
  println(for i <- 1 to 3; j <- List(i, i * 2) yield j)
  println(for c <- "abc"; i <- 1 to 2 yield s"$c$i")
  println(for (k, v) <- Map(1 -> 2, 3 -> 4) yield v -> k)
  println(for o <- Option(2); p <- Some(3) if o < p yield o + p)
  println(for x <- List(1, 2, 3); y = x * x; z = y + x if z % 2 == 0; w <- List(z, -z) yield w)
  println(for x <- Set(1, 2, 3) yield x % 2)
  println((for e <- Right(3): Either[String, Int]; f <- Left("no"): Either[String, Int] yield e + f))
}
