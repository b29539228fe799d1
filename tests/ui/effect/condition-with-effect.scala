import fvm.*

final class Checked extends Contract:
  private var n: Int = 0

  invariant(bump() > 0) //~ E0506

  private def bump(): Int =
    n = n + 1
    n

  @entry
  def add(): Unit can Write = {
    n = n + 1
  }.ensuring(_ => bump() > 0) //~ E0506
