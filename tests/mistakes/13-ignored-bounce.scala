// A bounce that brings coins back to nobody
import fvm.*

final class Payer(val friend: Address) extends Contract:
  @payable
  def give(): Unit can Read & Send =
    pay(friend, msg.value)(delivered = (), bounced = _ => ())
