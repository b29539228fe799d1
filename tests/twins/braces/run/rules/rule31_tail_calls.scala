// Self-calls in tail position are loops, also behind && and ||.
import scala.annotation.tailrec

@tailrec
def count(n: Int, sum: Long): Long = if n == 0 then sum else count(n - 1, sum + n)

@tailrec
def all(n: Int): Boolean = n == 0 || (n > 0 && all(n - 1))

object Search {
  @tailrec
  final def find(xs: List[Int], p: Int => Boolean): Option[Int] = xs match {
    case Nil => None
    case x :: _ if p(x) => Some(x)
    case _ :: rest => find(rest, p)
  }
}

class Walker(limit: Int) {
  @tailrec
  private def walk(n: Int, steps: Int = 0): Int = if n >= limit then steps else walk(n + 3, steps + 1)
  def go: Int = walk(0)
}

@main def run(): Unit = {
  println(count(1000000, 0))
  println(all(1000000))
  println(Search.find((1 to 300000).toList, _ > 299998))
  println(Walker(3000000).go)
  def local(n: Int): String =
    if n == 0 then "done"
    else {
      val m = n - 1
      local(m)
    }
  println(local(1000000))
}
