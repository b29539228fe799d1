import fvm.*

final class Payer(val friend: Address) extends Contract:
  private var lost: Amount = Amount.zero
  private var round: Int   = 0

  @payable
  def good(n: Int): Unit can Send =
    val now = 7
    pay(friend, msg.value)(delivered = done(n, now), bounced = back(n, _))

  @payable
  def notAHandler(): Unit can Send =
    pay(friend, msg.value)(delivered = helper(), bounced = back(1, _)) //~ E0602

  @payable
  def notOneCall(): Unit can Send =
    pay(friend, msg.value)(
      delivered = { done(1, 2); done(3, 4) }, //~ E0606
      bounced = back(1, _)
    )

  @payable
  def unstable(): Unit can Read & Send =
    pay(friend, msg.value)(delivered = done(round, 1), bounced = back(1, _)) //~ E0605

  @payable
  def computed(): Unit can Send =
    var n = 1
    n = n + 1
    pay(friend, msg.value)(delivered = done(n, 1), bounced = back(1, _)) //~ E0605

  @payable
  def lostCoins(): Unit can Send =
    pay(friend, msg.value)(delivered = (), bounced = _ => ()) //~ E0604

  @handler
  private def done(a: Int, b: Int): Unit can Pure = ()

  @handler
  private def back(n: Int, bounce: Bounce): Unit can Write = lost = lost + bounce.returned

  private def helper(): Unit = ()
