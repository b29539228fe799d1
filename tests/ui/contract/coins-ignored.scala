// A bounce brings the coins back: its handler must do something about them.
import fvm.*

final class Payer(val friend: Address) extends Contract:
  private var lost: Amount = Amount.zero

  @payable
  def wrong(): Unit can Read & Send =
    pay(friend, msg.value)(delivered = (), bounced = ignored(_)) //~ E0604

  @payable
  def right(): Unit can Read & Send =
    pay(friend, msg.value)(delivered = (), bounced = back(_))

  @payable
  def onwards(): Unit can Read & Send =
    pay(friend, msg.value)(delivered = (), bounced = again(_))

  @handler
  private def ignored(bounce: Bounce): Unit can Pure = ()

  @handler
  private def back(bounce: Bounce): Unit can Write = lost = lost + bounce.returned

  @handler
  private def again(bounce: Bounce): Unit can Send =
    pay(friend, bounce.returned)(delivered = (), bounced = back(_))
