package examples

import fvm.*

/** Pay for food when it arrives, when it is ordered, or at a set time; refund a fair share when it does not arrive as
  * promised.
  *
  * Parties: the application host, restaurants, couriers, customers.
  *
  * @param claimWindow how long a customer may claim after delivery, and how long a claim may stay unanswered
  */
final class FoodDelivery(
    val host: Address,
    val hostFee: Ratio,
    val courierShare: Ratio,
    val claimWindow: Duration,
    val loyalty: Ref[LoyaltyPoints]
) extends Contract {

  import FoodDelivery.*

  require(hostFee <= 20.percent, Fault.FeeTooHigh(hostFee))
  require(courierShare <= 30.percent, Fault.FeeTooHigh(courierShare))

  private var nextId: Long = 0
  private var orders: Map[Long, Order] = Map.empty
  private var credits: Map[Address, Amount] = Map.empty // payouts that came back
  private var escrowed: Amount = Amount.zero

  invariant(escrowed <= balance)

  // ── the customer ───────────────────────────────────────────────────────────

  /** Order and lock the price. When the others are paid is the customer's choice. */
  @payable
  def order(
      restaurant: Address,
      dish: String,
      promised: Duration,
      payment: Payment
  ): Long can Write & Emit & Send & Schedule = {
    require(msg.value > Amount.zero, Fault.NothingPaid)
    val id = nextId
    nextId = nextId + 1
    escrowed = escrowed + msg.value
    val o = Order(msg.sender, restaurant, None, dish, msg.value, msg.value, now + promised, Stage.Placed, payment)
    put(id, o)
    emit(Log.Ordered(id, msg.sender, restaurant, msg.value))
    arrange(id, o)
    id
  }.ensuring(_ => escrowed <= old(escrowed) + msg.value)

  /** "It is here and it is fine": settle at once, without the claim window. */
  @entry
  def accept(id: Long): Unit can Write & Send & Conclude = {
    val o = owned(id, by = _.customer)
    o.stage match {
      case Stage.OnTheWay | Stage.Delivered(_) => settle(id, o, refund = Ratio(0))
      case other                               => abort(Fault.WrongStage(other))
    }
  }

  /** Not delivered properly: ask for a replacement or for money. */
  @entry
  def claim(id: Long, wish: Wish): Unit can Write & Emit & Schedule = {
    val o = owned(id, by = _.customer)
    o.stage match {
      case Stage.Delivered(_)                            => ()
      case Stage.Placed | Stage.Cooking | Stage.OnTheWay => require(now > o.due, Fault.TooEarly(o.due))
      case other                                         => abort(Fault.WrongStage(other))
    }
    require(wish == Wish.Replacement || o.payment != Payment.AtOrder, Fault.AlreadyPaid(id))
    val until = now + claimWindow
    put(id, o.copy(stage = Stage.Claimed(wish, until)))
    schedule(until)(unanswered(id))
    emit(Log.Claimed(id, wish))
  }

  // ── restaurant and courier ─────────────────────────────────────────────────

  @entry
  def cook(id: Long): Unit can Write = {
    val o = owned(id, by = _.restaurant)
    require(o.stage == Stage.Placed, Fault.WrongStage(o.stage))
    put(id, o.copy(stage = Stage.Cooking))
  }

  @entry
  def pickUp(id: Long): Unit can Write = {
    val o = find(id)
    require(o.stage == Stage.Cooking, Fault.WrongStage(o.stage))
    put(id, o.copy(stage = Stage.OnTheWay, courier = Some(msg.sender)))
  }

  @entry
  def handOver(id: Long): Unit can Write & Schedule = {
    val o = find(id)
    require(o.courier == Some(msg.sender), Fault.NotYours(id))
    require(o.stage == Stage.OnTheWay, Fault.WrongStage(o.stage))
    val until = now + claimWindow
    put(id, o.copy(stage = Stage.Delivered(until)))
    schedule(until)(windowClosed(id))
  }

  /** The restaurant or the courier approves a claim; the share is computed. */
  @entry
  def approve(id: Long, damage: Damage): Unit can Write & Send & Emit & Conclude = {
    val o = find(id)
    require(msg.sender == o.restaurant || o.courier == Some(msg.sender), Fault.NotYours(id))
    o.stage match {
      case Stage.Claimed(Wish.Replacement, _) =>
        put(id, o.copy(stage = Stage.Placed, courier = None, due = now + claimWindow))
        emit(Log.Replaced(id))
      case Stage.Claimed(Wish.Refund, _) =>
        settle(id, o, refundShare(damage, late = now > o.due))
      case other => abort(Fault.WrongStage(other))
    }
  }

  /** A restaurant buys advertising from the host. */
  @payable
  def advertise(): Unit can Read & Send = {
    val from = msg.sender // what a handler is given must not change meanwhile
    pay(host, msg.value)(delivered = (), bounced = credit(from, _))
  }

  /** Anyone whose payout came back may fetch it later. */
  @entry
  def withdraw(): Unit can Write & Send = {
    val who  = msg.sender
    val owed = credits.getOrElse(who, Amount.zero)
    require(!owed.isZero, Fault.NothingOwed)
    credits = credits.removed(who)
    escrowed = escrowed - owed
    pay(who, owed)(delivered = (), bounced = credit(who, _))
  }

  // ── views ──────────────────────────────────────────────────────────────────

  @view
  def show(id: Long): Option[Order] can Read = orders.get(id)

  @view
  def owedTo(who: Address): Amount can Read = credits.getOrElse(who, Amount.zero)

  // ── handlers ───────────────────────────────────────────────────────────────

  /** Time to pay an order that was delivered and not claimed. Comes at the end of the claim window and at the time that
    * the customer set; the later of the two settles.
    */
  @handler
  private def windowClosed(id: Long): Unit can Write & Send & Conclude =
    orders.get(id) match {
      case Some(o) if isDue(o) => settle(id, o, refund = Ratio(0))
      case _                   => ()
    }

  /** Nobody answered a claim: the customer gets back what is still held. */
  @handler
  private def unanswered(id: Long): Unit can Write & Send & Conclude =
    orders.get(id) match {
      case Some(o) =>
        o.stage match {
          case Stage.Claimed(_, until) if until <= now => settle(id, o, refund = 100.percent)
          case _                                       => ()
        }
      case None => ()
    }

  @handler
  private def paid(id: Long, part: Part): Unit can Write & Send & Conclude = {
    val o    = find(id)
    val left = o.unpaid - part
    if left.isEmpty then finish(id, o)
    else put(id, o.copy(unpaid = left))
  }

  @handler
  private def unpaid(id: Long, part: Part, to: Address, bounce: Bounce): Unit can Write & Send & Emit & Conclude = {
    emit(Log.PayoutBounced(id, part, bounce.problem))
    credit(to, bounce)
    paid(id, part)
  }

  @handler
  private def credit(to: Address, bounce: Bounce): Unit can Write = {
    credits = credits.updated(to, credits.getOrElse(to, Amount.zero) + bounce.returned)
    escrowed = escrowed + bounce.returned
  }.ensuring(_ => escrowed == old(escrowed) + bounce.returned)

  @handler
  private def awarded(id: Long, total: Long): Unit can Emit = emit(Log.Awarded(id, total))

  @handler
  private def ignored(id: Long, bounce: Bounce): Unit can Pure = ()

  // ── helpers ────────────────────────────────────────────────────────────────

  /** What follows from the customer's choice of payment. */
  private def arrange(id: Long, o: Order): Unit =
    o.payment match {
      case Payment.OnDelivery => ()
      case Payment.AtOrder    => prepay(id, o)
      case Payment.At(time)   =>
        require(time > now, Fault.TooEarly(time))
        schedule(time)(windowClosed(id))
    }

  /** Restaurant and host are paid at once; the courier's share waits for the delivery. */
  private def prepay(id: Long, o: Order): Unit = {
    val s = split(o.price, Ratio(0))
    escrowed = escrowed - s.restaurant - s.host
    put(id, o.copy(held = s.courier))
    forward(o.restaurant, s.restaurant)
    forward(host, s.host)
  }

  private def forward(to: Address, amount: Amount): Unit =
    if !amount.isZero then pay(to, amount)(delivered = (), bounced = credit(to, _))

  private def isDue(o: Order): Boolean can Read = {
    val agreed = o.payment match {
      case Payment.At(time) => time <= now
      case _                => true
    }
    o.stage match {
      case Stage.Delivered(until) => agreed && until <= now
      case _                      => false
    }
  }

  private def settle(id: Long, o: Order, refund: Ratio): Unit = {
    val s = if o.payment == Payment.AtOrder then splitRest(o.held, refund) else split(o.held, refund)
    escrowed = escrowed - o.held
    put(id, o.copy(held = Amount.zero, stage = Stage.Paying(s.customer), unpaid = Part.values.toSet))
    payPart(id, Part.Customer, o.customer, s.customer)
    payPart(id, Part.Restaurant, o.restaurant, s.restaurant)
    payPart(id, Part.Courier, o.courier.getOrElse(o.restaurant), s.courier)
    payPart(id, Part.Host, host, s.host)
  }

  private def payPart(id: Long, part: Part, to: Address, amount: Amount): Unit =
    if amount.isZero then paid(id, part)
    else pay(to, amount)(delivered = paid(id, part), bounced = unpaid(id, part, to, _))

  /** All parts have arrived or are credited: record the outcome and forget the order. */
  private def finish(id: Long, o: Order): Unit = {
    orders = orders.removed(id)
    o.stage match {
      case Stage.Paying(refunded) if !refunded.isZero =>
        story(Record.Refunded(id, o.customer, o.restaurant, refunded))
      case _ =>
        story(Record.Fulfilled(id, o.customer, o.restaurant, o.price))
        loyalty.ask(_.award(o.customer, 1L))(
          reply = awarded(id, _),
          bounced = ignored(id, _)
        )
    }
  }

  /** Nothing is created and nothing is lost. */
  private def split(price: Amount, refund: Ratio): Split can Pure = {
    val customer = price.share(refund)
    val rest     = price - customer
    val fee      = rest.share(hostFee)
    val courier  = rest.share(courierShare)
    Split(customer, rest - fee - courier, courier, fee)
  }.ensuring(s => s.customer + s.restaurant + s.courier + s.host == price)

  /** What is left of a prepaid order is the courier's, unless the customer gets it back. */
  private def splitRest(held: Amount, refund: Ratio): Split can Pure = {
    val customer = held.share(refund)
    Split(customer, Amount.zero, held - customer, Amount.zero)
  }.ensuring(s => s.customer + s.courier == held)

  private def refundShare(damage: Damage, late: Boolean): Ratio can Pure = {
    val base = damage match {
      case Damage.Cold         => 20
      case Damage.WrongDish    => 60
      case Damage.NeverArrived => 100
    }
    if late && base < 100 then (base + 20).percent else base.percent
  }

  private def find(id: Long): Order can Read =
    orders.getOrElse(id, abort(Fault.NoSuchOrder(id)))

  private def owned(id: Long, by: Order => Address): Order can Read = {
    val o = find(id)
    require(msg.sender == by(o), Fault.NotYours(id))
    o
  }

  private def put(id: Long, o: Order): Unit can Write =
    orders = orders.updated(id, o)
}

object FoodDelivery {
  /** When restaurant, courier and host are paid. */
  enum Payment {
    case OnDelivery // after delivery, when the claim window has passed
    case AtOrder // restaurant and host when ordering, the courier after delivery
    case At(time: Instant) // after delivery, but not before this moment
  }

  enum Wish {
    case Replacement, Refund
  }

  enum Damage {
    case Cold, WrongDish, NeverArrived
  }

  enum Part {
    case Customer, Restaurant, Courier, Host
  }

  enum Stage {
    case Placed, Cooking, OnTheWay
    case Delivered(claimUntil: Instant)
    case Claimed(wish: Wish, answerUntil: Instant)
    case Paying(refunded: Amount)
  }

  final case class Order(
      customer: Address,
      restaurant: Address,
      courier: Option[Address],
      dish: String,
      price: Amount,
      held: Amount,
      due: Instant,
      stage: Stage,
      payment: Payment,
      unpaid: Set[Part] = Set.empty
  )

  final case class Split(customer: Amount, restaurant: Amount, courier: Amount, host: Amount)

  enum Record extends Story {
    case Fulfilled(id: Long, customer: Address, restaurant: Address, price: Amount)
    case Refunded(id: Long, customer: Address, restaurant: Address, amount: Amount)
  }

  enum Log extends Event {
    case Ordered(id: Long, customer: Address, restaurant: Address, price: Amount)
    case Claimed(id: Long, wish: Wish)
    case Replaced(id: Long)
    case PayoutBounced(id: Long, part: Part, why: Problem)
    case Awarded(id: Long, total: Long)
  }

  enum Fault extends Problem {
    case NothingPaid, NothingOwed
    case FeeTooHigh(fee: Ratio)
    case NoSuchOrder(id: Long)
    case NotYours(id: Long)
    case AlreadyPaid(id: Long)
    case TooEarly(due: Instant)
    case WrongStage(stage: Stage)
  }
}
