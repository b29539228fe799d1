// For every pair, (a / b) * b + a % b is a.
object Main {
  private def holds(a: Int, b: Int): Boolean = (a / b) * b + a % b == a

  def main(args: Array[String]): Unit = {
    val samples = List(Int.MinValue, -100, -3, -1, 1, 2, 7, 99, Int.MaxValue)
    val results =
      for {
        a <- samples
        b <- samples
      }
      yield holds(a, b)
    println(results.size)
    println(results.forall(identity))
    println(samples.map(_ / 3))
    println(samples.map(_ % 3))
  }
}
