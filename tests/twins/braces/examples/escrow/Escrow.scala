package examples

import fvm.*

/** One sale between two parties who do not trust each other.
  *
  * @param deadline after this moment an unclaimed deposit goes back to the buyer
  */
final class Escrow(
    val buyer: Address,
    val seller: Address,
    val arbiter: Address,
    val price: Amount,
    val deadline: Instant
) extends Contract, Concludes[Escrow.Outcome] {

  import Escrow.*

  // The body runs once, at deployment. `var` is storage.
  require(buyer != seller, Fault.SameParty)
  require(price > Amount.zero, Fault.WrongAmount(price))

  private var phase: Phase = Phase.AwaitingDeposit
  private var held: Amount = Amount.zero

  schedule(deadline)(expire())

  // Checked after every message in tests, proved by `fscc prove`.
  invariant(held <= balance)
  invariant(phase != Phase.Settled || held.isZero)

  /** The buyer locks the full price. */
  @payable
  def deposit(): Unit can Write & Emit = {
    require(msg.sender == buyer, Fault.NotBuyer)
    require(phase == Phase.AwaitingDeposit, Fault.WrongPhase(phase))
    require(msg.value == price, Fault.WrongAmount(msg.value))
    held = held + msg.value
    phase = Phase.Funded
    emit(Log.Deposited(buyer, msg.value))
  }.ensuring(_ => held == old(held) + price)

  /** The buyer received the goods: pay the seller. */
  @entry
  def confirm(): Unit can Write & Send = {
    require(msg.sender == buyer, Fault.NotBuyer)
    require(phase == Phase.Funded, Fault.WrongPhase(phase))
    payOut(Outcome.Released(seller, held), seller)
  }

  /** Either party asks the arbiter to decide. */
  @entry
  def dispute(reason: String): Unit can Write & Emit = {
    require(msg.sender == buyer || msg.sender == seller, Fault.NotAParty)
    require(phase == Phase.Funded, Fault.WrongPhase(phase))
    phase = Phase.Disputed
    emit(Log.DisputeOpened(msg.sender, reason))
  }

  /** The arbiter decides who gets the money. */
  @entry
  def resolve(ruling: Ruling): Unit can Write & Send = {
    require(msg.sender == arbiter, Fault.NotArbiter)
    require(phase == Phase.Disputed, Fault.WrongPhase(phase))
    ruling match {
      case Ruling.ForSeller => payOut(Outcome.Released(seller, held), seller)
      case Ruling.ForBuyer  => payOut(Outcome.Refunded(buyer, held), buyer)
    }
  }

  @view
  def status: Status can Read = Status(phase, held, deadline)

  // ── handlers: only the runtime delivers these ──────────────────────────────

  @handler
  private def expire(): Unit can Write & Send & Conclude =
    phase match {
      case Phase.Funded          => payOut(Outcome.Refunded(buyer, held), buyer)
      case Phase.AwaitingDeposit => close(Outcome.NeverFunded)
      case _                     => ()
    }

  @handler
  private def close(outcome: Outcome): Unit can Write & Conclude = {
    phase = Phase.Settled
    conclude(outcome)
  }

  @handler
  private def payoutFailed(amount: Amount, bounce: Bounce): Unit can Write & Emit = {
    held = held + amount // the coins came back with the bounce
    phase = Phase.Disputed
    emit(Log.PayoutBounced(amount, bounce.problem))
  }.ensuring(_ => held == old(held) + amount)

  // No effect row written: inferred as Write & Send, shown by the editor.
  private def payOut(outcome: Outcome, to: Address): Unit = {
    val amount = held
    held = Amount.zero
    phase = Phase.Paying
    pay(to, amount)(delivered = close(outcome), bounced = payoutFailed(amount, _))
  }
}

object Escrow {
  enum Phase {
    case AwaitingDeposit, Funded, Disputed, Paying, Settled
  }

  enum Ruling {
    case ForBuyer, ForSeller
  }

  enum Outcome extends Story {
    case Released(to: Address, amount: Amount)
    case Refunded(to: Address, amount: Amount)
    case NeverFunded
  }

  enum Log extends Event {
    case Deposited(by: Address, amount: Amount)
    case DisputeOpened(by: Address, reason: String)
    case PayoutBounced(amount: Amount, why: Problem)
  }

  enum Fault extends Problem {
    case SameParty, NotBuyer, NotAParty, NotArbiter
    case WrongPhase(phase: Phase)
    case WrongAmount(got: Amount)
  }

  final case class Status(phase: Phase, held: Amount, deadline: Instant)
}
