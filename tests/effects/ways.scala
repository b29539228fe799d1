// Effects with their objects, and the ways by which they arrive: helpers, lambdas, function
// parameters, several messages.
import fvm.*

final class Shop(val owner: Address, val stock: Ref[Stock]) extends Contract, Concludes[Shop.End]:
  private var open: Boolean = true
  private var sales: Int = 0
  private var prices: Map[String, Amount] = Map.empty

  @entry
  def price(item: String, amount: Amount): Unit can Write & Emit =
    require(msg.sender == owner, Shop.Fault.NotOwner)
    List(item).foreach(name => put(name, amount))

  @payable
  def buy(item: String): Unit can Write & Send =
    require(msg.value == prices.getOrElse(item, Amount.zero), Shop.Fault.NotThePrice)
    counted(() => sales = sales + 1)
    val (buyer, paid) = (msg.sender, msg.value)
    stock.ask(_.take(item))(reply = taken(_), bounced = refused(buyer, paid, _))

  @handler
  private def taken(left: Int): Unit can Write & Conclude =
    if left == 0 then close()

  @handler
  private def refused(buyer: Address, paid: Amount, bounce: Bounce): Unit can Send =
    give(buyer, paid)

  @view
  def isOpen: Boolean can Read = open

  private def put(item: String, amount: Amount): Unit =
    prices = prices.updated(item, amount)
    emit(Shop.Change.Price(item, amount))

  private def counted(act: () => Unit): Unit = act()

  private def give(to: Address, amount: Amount): Unit =
    pay(to, amount)(delivered = (), bounced = kept(_))

  @handler
  private def kept(bounce: Bounce): Unit can Write =
    sales = sales - 1

  private def close(): Unit =
    open = false
    conclude(Shop.End.SoldOut(sales))

object Shop:
  enum End extends Story:
    case SoldOut(sales: Int)
  enum Fault extends Problem:
    case NotOwner, NotThePrice
  enum Change extends Event:
    case Price(item: String, amount: Amount)

trait Stock extends Contract:
  @entry def take(item: String): Int can Write
