import fvm.*

trait Purse extends Contract:
  @entry
  def use(): Unit
  @payable
  def fill(): Unit

final class Giver(val purse: Ref[Purse]) extends Contract:
  private var lost: Amount = Amount.zero

  @payable
  def f(): Unit can Send =
    purse.send(_.fill(), value = msg.value)(bounced = back(_))
    purse.send(_.use(), value = msg.value)(bounced = back(_)) //~ E0701

  @handler
  private def back(bounce: Bounce): Unit can Write = lost = lost + bounce.returned
