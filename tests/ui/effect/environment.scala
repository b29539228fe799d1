// Message, balance and clock are read.
import fvm.*

final class Clock extends Contract:
  @view
  def good: Boolean can Read = now.seconds > 0 && balance.isZero

  private def who: Address can Pure = msg.sender //~ E0501
