// @tailrec on methods that cannot be overridden.
import scala.annotation.tailrec

class Search(limit: Int):
  @tailrec
  final def find(n: Int): Int = if n * n > limit then n else find(n + 1)

  @tailrec
  private def count(n: Int, acc: Int): Int =
    if n > limit then acc
    else count(n + 1, if limit % n == 0 then acc + 1 else acc)

  def divisors: Int = count(1, 0)

object Main:
  @tailrec
  def gcd(a: Int, b: Int): Int = if b == 0 then a else gcd(b, a % b)

  @tailrec
  def reverse(xs: List[Int], acc: List[Int] = Nil): List[Int] = xs match
    case Nil       => acc
    case x :: rest => reverse(rest, x :: acc)

  def main(args: Array[String]): Unit =
    println(new Search(1000000).find(0))
    println(new Search(360).divisors)
    println(gcd(123456, 7890))
    println(reverse(List(1, 2, 3)))
    println(reverse((1 to 50000).toList).head)
