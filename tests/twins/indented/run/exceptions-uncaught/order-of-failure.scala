// What was printed before the failure stays; what follows does not happen.
object Main:
  def step(n: Int): Int =
    println(s"step $n")
    if n == 3 then throw new IllegalStateException("stopped at 3")
    n
  def main(args: Array[String]): Unit =
    val sums = List(1, 2, 3, 4).map(step)
    println(sums)
