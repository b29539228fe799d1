// Parameters and values of a contract never change: reading them is no effect.
import fvm.*

final class Fees(val fee: Ratio) extends Contract:
  private val half: Int = 50

  private def share(amount: Amount): Amount can Pure = amount.share(fee)

  @view
  def of(amount: Amount): Amount can Pure = if half > 1 then share(amount) else amount
