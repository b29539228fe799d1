// The effects of a function argument are those of the caller.
import fvm.*

final class Lists extends Contract:
  private var sum: Long = 0

  private def each(xs: List[Int], f: Int => Unit): Unit can Pure =
    xs.foreach(f)

  @entry
  def good(xs: List[Int]): Unit can Write =
    each(xs, x => sum = sum + x)

  @entry
  def bad(xs: List[Int]): Unit can Read =
    each(xs, x => sum = sum + x) //~ E0501

  @entry
  def library(xs: List[Int]): Int can Pure =
    xs.map(x => x + sum).length //~ E0501

  @entry
  def pure(xs: List[Int]): Int can Pure =
    xs.map(x => x + 1).filter(_ > 2).length
