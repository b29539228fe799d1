package examples

import fvm.*

/** An English auction: the highest bid when the time is up wins.
  *
  * @param reserve the lowest price at which the seller sells
  * @param step by how much a bid must exceed the one before it
  * @param closing when bidding ends, unless a late bid extends it
  * @param extension a bid within this time before the end moves the end to this time after the bid
  */
final class Auction(
    val seller: Address,
    val item: String,
    val reserve: Amount,
    val step: Ratio,
    closing: Instant,
    val extension: Duration
) extends Contract {

  import Auction.*

  require(reserve > Amount.zero, Fault.NoReserve)
  require(step >= 1.percent && step <= 100.percent, Fault.BadStep(step))

  private var phase: Phase = Phase.Open
  private var closesAt: Instant = closing
  private var best: Option[Bid] = None
  private var returned: Map[Address, Amount] = Map.empty // refunds that came back
  private var held: Amount = Amount.zero
  private var proceeds: Amount = Amount.zero // only while uncollected
  private var timer: Timer = schedule(closing)(close())

  invariant(held <= balance)
  invariant(phase == Phase.Open || phase == Phase.Paying || best.isEmpty)

  // ── bidders ────────────────────────────────────────────────────────────────

  /** Bids what is sent along. Whoever is outbid gets the money back at once. */
  @payable
  def bid(): Unit can Write & Emit & Send & Schedule = {
    require(phase == Phase.Open && now < closesAt, Fault.Closed)
    require(msg.sender != seller, Fault.SellerBids)
    require(msg.value >= leastBid, Fault.TooLow(leastBid))
    val outbid = best
    best = Some(Bid(msg.sender, msg.value))
    held = held + msg.value
    emit(Log.Bidden(msg.sender, msg.value))
    outbid match {
      case Some(Bid(bidder, amount)) => giveBack(bidder, amount)
      case None                      => ()
    }
    if closesAt - now < extension then extend()
  }.ensuring(_ => best == Some(Bid(msg.sender, msg.value)))

  /** A refund that bounced waits here for its owner. */
  @entry
  def withdraw(): Unit can Write & Send = {
    val who  = msg.sender
    val owed = returned.getOrElse(who, Amount.zero)
    require(!owed.isZero, Fault.NothingOwed)
    returned = returned.removed(who)
    giveBack(who, owed)
  }

  // ── the seller ─────────────────────────────────────────────────────────────

  /** As long as nobody has bid, the seller may call it off. */
  @entry
  def callOff(): Unit can Write & Schedule & Conclude = {
    require(msg.sender == seller, Fault.NotSeller)
    require(phase == Phase.Open, Fault.Closed)
    require(best.isEmpty, Fault.AlreadyBidden)
    cancel(timer)
    phase = Phase.Unsold
    story(Record.Unsold(item))
  }

  /** The proceeds bounced: the seller tries again, perhaps to another account. */
  @entry
  def collect(to: Address): Unit can Write & Send = {
    require(msg.sender == seller, Fault.NotSeller)
    require(phase == Phase.Uncollected, Fault.NothingOwed)
    val amount = proceeds
    phase = Phase.Paying
    proceeds = Amount.zero
    held = held - amount
    pay(to, amount)(delivered = collected(), bounced = uncollected(_))
  }

  // ── views ──────────────────────────────────────────────────────────────────

  @view
  def status: Status can Read = Status(phase, best, leastBid, closesAt)

  @view
  def owedTo(who: Address): Amount can Read = returned.getOrElse(who, Amount.zero)

  // ── handlers ───────────────────────────────────────────────────────────────

  @handler
  private def close(): Unit can Write & Send & Conclude =
    best match {
      case None =>
        phase = Phase.Unsold
        story(Record.Unsold(item))
      case Some(Bid(winner, amount)) =>
        phase = Phase.Paying
        held = held - amount
        story(Record.Sold(item, seller, winner, amount))
        pay(seller, amount)(delivered = collected(), bounced = uncollected(_))
    }

  @handler
  private def collected(): Unit can Write = {
    best = None
    phase = Phase.Sold
  }

  @handler
  private def uncollected(bounce: Bounce): Unit can Write & Emit = {
    best = None
    proceeds = proceeds + bounce.returned
    held = held + bounce.returned
    phase = Phase.Uncollected
    emit(Log.PayoutBounced(seller, bounce.problem))
  }

  @handler
  private def refundFailed(bidder: Address, bounce: Bounce): Unit can Write & Emit = {
    returned = returned.updated(bidder, returned.getOrElse(bidder, Amount.zero) + bounce.returned)
    held = held + bounce.returned
    emit(Log.PayoutBounced(bidder, bounce.problem))
  }.ensuring(_ => held == old(held) + bounce.returned)

  // ── helpers ────────────────────────────────────────────────────────────────

  private def leastBid: Amount can Read =
    best match {
      case Some(Bid(_, amount)) => amount + amount.share(step)
      case None                 => reserve
    }

  private def giveBack(bidder: Address, amount: Amount): Unit can Write & Send = {
    held = held - amount
    pay(bidder, amount)(delivered = (), bounced = refundFailed(bidder, _))
  }

  private def extend(): Unit can Write & Emit & Schedule = {
    cancel(timer)
    closesAt = now + extension
    timer = schedule(closesAt)(close())
    emit(Log.Extended(closesAt))
  }
}

object Auction {
  enum Phase {
    case Open, Paying, Sold, Unsold, Uncollected
  }

  final case class Bid(bidder: Address, amount: Amount)

  final case class Status(phase: Phase, best: Option[Bid], leastBid: Amount, closesAt: Instant)

  enum Record extends Story {
    case Sold(item: String, seller: Address, winner: Address, price: Amount)
    case Unsold(item: String)
  }

  enum Log extends Event {
    case Bidden(by: Address, amount: Amount)
    case Extended(closesAt: Instant)
    case PayoutBounced(to: Address, why: Problem)
  }

  enum Fault extends Problem {
    case NoReserve, Closed, SellerBids, NothingOwed, NotSeller, AlreadyBidden
    case BadStep(step: Ratio)
    case TooLow(least: Amount)
  }
}
