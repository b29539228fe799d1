// How often an extractor runs is not defined, so it may only read.
import fvm.*

final class Tester(test: Int => Boolean):
  def unapply(k: Int): Option[Int] = if test(k) then Some(k) else None

final class Odd extends Contract:
  private var n: Int = 0

  @entry
  def f(k: Int): Int can Write =
    val Count = Tester(x => { n = n + 1; x > 0 })
    k match
      case Count(1) => 1 //~ E0507
      case _        => 2
