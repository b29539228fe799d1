import fvm.*

final class Counter extends Contract:
  private var n: Int = 0

  @entry
  def add(): Int can Write =
    n = n + 1
    n
