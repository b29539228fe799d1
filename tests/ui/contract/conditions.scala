import fvm.*

final class Counted(val limit: Int) extends Contract:
  private var n: Int = 0

  invariant(n <= limit)

  @entry
  def add(k: Int): Unit can Write = {
    require(k > 0, Counted.Fault.TooSmall(k))
    require(k < 100, "too large") //~ W0904
    n = n + k
  }.ensuring(_ => n == old(n) + k)

  @entry
  def wrong(k: Int): Unit can Write =
    invariant(n > 0) //~ E0906
    n = old(n) + k //~ E0907

object Counted:
  enum Fault extends Problem:
    case TooSmall(k: Int)
