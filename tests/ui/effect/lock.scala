import fvm.*

// Held against `lock.lock`: one message does more, one is new, one does less, one is gone.
final class Purse(val owner: Address) extends Contract:
  private var heir: Address = owner
  private var spent: Amount = Amount.zero

  @entry
  def spend(amount: Amount): Unit can Write & Send =
    spent = spent + amount
    note(amount) //~ E0509

  @entry
  def bequeath(to: Address): Unit can Write = //~ E0509
    heir = to

  @view
  def total: Amount can Read = spent

  @handler
  private def back(bounce: Bounce): Unit can Write =
    spent = Amount.zero

  private def note(amount: Amount): Unit =
    heir = msg.sender
    pay(msg.sender, amount)(delivered = (), bounced = back(_))
