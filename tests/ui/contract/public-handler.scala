import fvm.*

final class Sender extends Contract:
  private var lost: Amount = Amount.zero

  @payable
  def forward(to: Address): Unit can Send =
    pay(to, msg.value)(delivered = (), bounced = back(_))

  @handler
  def back(bounce: Bounce): Unit can Write = //~ E0903
    lost = lost + bounce.returned
