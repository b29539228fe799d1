import fvm.*

final class Counter extends Contract:
  private var count: Int = 0

  @entry
  def next(): Int can Read =
    count = count + 1
    count
