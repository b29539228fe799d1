// A payment without a handler for its bounce
import fvm.*

final class Payer(val friend: Address) extends Contract:
  @payable
  def give(): Unit can Read & Send =
    pay(friend, msg.value)(delivered = ())
