// A self-call in tail position becomes a loop: a million turns need no stack.
object Main {
  def sum(n: Int, acc: Long): Long = if n == 0 then acc else sum(n - 1, acc + n)
  def even(n: Int): Boolean =
    n == 0 || n != 1 && even(n - 2)
  def last(xs: List[Int]): Int = xs match {
    case x :: Nil => x
    case _ :: t   => last(t)
    case Nil      => -1
  }
  def main(args: Array[String]): Unit = {
    println(sum(1000000, 0))
    println(even(1000001))
    println(last((1 to 200000).toList))
    def local(i: Int, steps: Int): Int =
      if i == 1 then steps
      else if i % 2 == 0 then local(i / 2, steps + 1)
      else local(3 * i + 1, steps + 1)
    println(local(27, 0))
    println(local(97, 0))
  }
}
