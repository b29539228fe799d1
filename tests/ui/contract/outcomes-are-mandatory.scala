// A payment has two outcomes, and both must be said.
import fvm.*

final class Payer(val friend: Address) extends Contract:
  @payable
  def f(): Unit can Send =
    pay(friend, msg.value)(delivered = ()) //~ E0302
