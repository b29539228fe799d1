package examples

import fvm.*

/** A grant that becomes the beneficiary's little by little.
  *
  * @param cliff nothing is vested before this much time has passed, then all that has grown until then
  * @param length after this time everything is vested
  * @param revocable whether the grantor may take back what is not yet vested
  */
final class Vesting(
    val grantor: Address,
    val beneficiary: Address,
    val start: Instant,
    val cliff: Duration,
    val length: Duration,
    val revocable: Boolean
) extends Contract, Concludes[Vesting.Outcome] {

  import Vesting.*

  require(grantor != beneficiary, Fault.SameParty)
  require(length > Duration(0) && cliff <= length && cliff >= Duration(0), Fault.BadTimes)

  private var granted: Amount = Amount.zero
  private var claimed: Amount = Amount.zero // delivered or on its way
  private var sending: Amount = Amount.zero // on its way
  private var revoked: Boolean = false // then `granted` is what was vested

  invariant(claimed <= granted)
  invariant(sending <= claimed)
  invariant(granted - claimed <= balance)

  // ── the grantor ────────────────────────────────────────────────────────────

  /** Adds to the grant; what is added vests by the same clock. */
  @payable
  def fund(): Unit can Write & Emit = {
    require(msg.sender == grantor, Fault.NotGrantor)
    require(!revoked, Fault.Revoked)
    require(!msg.value.isZero, Fault.Nothing)
    granted = granted + msg.value
    emit(Log.Funded(msg.value, granted))
  }.ensuring(_ => granted == old(granted) + msg.value)

  /** Takes back what is not vested. What is vested stays the beneficiary's. */
  @entry
  def revoke(): Unit can Write & Emit & Send = {
    require(msg.sender == grantor, Fault.NotGrantor)
    require(revocable, Fault.NotRevocable)
    require(!revoked, Fault.Revoked)
    val kept = vestedAt(now)
    val back = granted - kept
    require(!back.isZero, Fault.Nothing)
    revoked = true
    granted = kept
    emit(Log.Revoked(back, kept))
    pay(grantor, back)(delivered = (), bounced = returnFailed(_))
  }

  // ── the beneficiary ────────────────────────────────────────────────────────

  /** Fetches all that is vested and not yet claimed; answers how much. */
  @entry
  def claim(): Amount can Write & Send = {
    require(msg.sender == beneficiary, Fault.NotBeneficiary)
    val due = vestedAt(now) - claimed
    require(!due.isZero, Fault.Nothing)
    claimed = claimed + due
    sending = sending + due
    pay(beneficiary, due)(delivered = arrived(due), bounced = claimFailed(due, _))
    due
  }

  // ── views ──────────────────────────────────────────────────────────────────

  @view
  def vested: Amount can Read = vestedAt(now)

  @view
  def claimable: Amount can Read = vestedAt(now) - claimed

  @view
  def status: Status can Read = Status(granted, claimed, revoked, start + length)

  // ── handlers ───────────────────────────────────────────────────────────────

  @handler
  private def arrived(amount: Amount): Unit can Write & Emit & Conclude = {
    sending = sending - amount
    emit(Log.Claimed(amount))
    val over = revoked || now >= start + length
    if over && claimed == granted && sending.isZero then
      conclude(if revoked then Outcome.EndedEarly(granted) else Outcome.Completed(granted))
  }

  @handler
  private def claimFailed(amount: Amount, bounce: Bounce): Unit can Write & Emit = {
    sending = sending - amount
    claimed = claimed - amount
    emit(Log.PaymentBounced(beneficiary, bounce.problem))
  }

  /** The grantor cannot be paid: the money stays with the beneficiary rather than with nobody. */
  @handler
  private def returnFailed(bounce: Bounce): Unit can Write & Emit = {
    granted = granted + bounce.returned
    emit(Log.PaymentBounced(grantor, bounce.problem))
  }

  // ── helpers ────────────────────────────────────────────────────────────────

  private def vestedAt(time: Instant): Amount can Read =
    if revoked || time >= start + length then granted
    else if time < start + cliff then Amount.zero
    else granted * (time - start).seconds / length.seconds
}

object Vesting {
  final case class Status(granted: Amount, claimed: Amount, revoked: Boolean, ends: Instant)

  enum Outcome extends Story {
    case Completed(total: Amount)
    case EndedEarly(total: Amount)
  }

  enum Log extends Event {
    case Funded(amount: Amount, granted: Amount)
    case Claimed(amount: Amount)
    case Revoked(back: Amount, kept: Amount)
    case PaymentBounced(to: Address, why: Problem)
  }

  enum Fault extends Problem {
    case SameParty, BadTimes, NotGrantor, NotBeneficiary, NotRevocable, Revoked, Nothing
  }
}
