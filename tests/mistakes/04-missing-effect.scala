// An effect that the row does not declare
import fvm.*

final class Counter extends Contract:
  private var count: Int = 0

  @entry
  def next(): Int can Read =
    bump()
    count

  private def bump(): Unit =
    count = count + 1
