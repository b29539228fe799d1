// Effects of functions that call each other.
import fvm.*

final class Loop extends Contract:
  private var n: Int = 0

  private def even(k: Int): Boolean can Pure =
    if k == 0 then true else odd(k - 1) //~ E0501

  private def odd(k: Int): Boolean =
    n = n + 1
    if k == 0 then false else even(k - 1)

  @entry
  def f(k: Int): Boolean can Write = even(k)
