// Long computations without building a list.
@main def run(): Unit = {
  def collatz(start: Long): Iterator[Long] =
    Iterator.iterate(start)(n => if n % 2 == 0 then n / 2 else 3 * n + 1)
  println(collatz(6).takeWhile(_ != 1).toList)
  println(collatz(27).takeWhile(_ != 1).length)
  println(collatz(27).takeWhile(_ != 1).max)
  val best = (1 to 300).maxBy(n => collatz(n.toLong).takeWhile(_ != 1).length)
  println(best)
  println(collatz(7).zipWithIndex.find((n, _) => n == 1))
}
