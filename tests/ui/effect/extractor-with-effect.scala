import fvm.*

final class Odd extends Contract:
  private var n: Int = 0

  private object Count:
    def unapply(k: Int): Option[Int] =
      n = n + 1
      Some(k)

  @entry
  def f(k: Int): Int can Write = k match
    case Count(1) => 1 //~ E0507
    case _        => 2
