// A view may only read; the way goes through two helpers.
import fvm.*

final class Escrow(val seller: Address) extends Contract:
  private var held: Amount = Amount.zero

  @view
  def status: Amount can Read =
    refresh() //~ E0503
    held

  private def refresh(): Unit = payOut()

  private def payOut(): Unit =
    pay(seller, held)(delivered = (), bounced = back(_))

  @handler
  private def back(bounce: Bounce): Unit can Write = held = bounce.returned
