package examples

import fvm.*

/** One charging point for electric vehicles: reserve, start, meter, settle.
  *
  * @param meter the account of the certified meter in the charging point
  * @param fee what a reservation costs that is not used; otherwise it counts towards the energy
  * @param holdTime how long a reservation is kept
  * @param silence without a reading for so long a session is settled by the last one
  */
final class ChargingStation(
    val operator: Address,
    val meter: Address,
    val pricePerKwh: Amount,
    val fee: Amount,
    val holdTime: Duration,
    val silence: Duration
) extends Contract {

  import ChargingStation.*

  require(!pricePerKwh.isZero, Fault.BadTariff)
  require(holdTime > Duration(0) && silence > Duration(0), Fault.BadTariff)

  private var nextId: Long = 1
  private var current: Option[Session] = None
  private var held: Amount = Amount.zero // deposits and credits
  private var credits: Map[Address, Amount] = Map.empty // payments that came back

  invariant(held <= balance)
  invariant(current.forall(s => s.deposit <= held))

  // ── the driver ─────────────────────────────────────────────────────────────

  /** Reserves the charging point with a deposit; answers the number of the session. */
  @payable
  def reserve(): Long can Write & Emit & Schedule = {
    require(current.isEmpty, Fault.Occupied)
    require(msg.value >= fee && !msg.value.isZero, Fault.DepositTooSmall(fee))
    val id    = nextId
    val until = now + holdTime
    nextId = nextId + 1
    current = Some(Session(id, msg.sender, msg.value, 0L, now, Stage.Reserved(until)))
    held = held + msg.value
    schedule(until)(reservationOver(id))
    emit(Log.Reserved(id, msg.sender, until))
    id
  }.ensuring(_ => held == old(held) + msg.value)

  /** The cable is plugged in: the meter may count. */
  @entry
  def start(): Unit can Write & Emit & Schedule = {
    val s = ofDriver()
    s.stage match {
      case Stage.Reserved(_) =>
        current = Some(s.copy(stage = Stage.Charging, lastReading = now))
        schedule(now + silence)(meterSilent(s.id))
        emit(Log.Started(s.id))
      case Stage.Charging => abort(Fault.WrongStage(s.stage))
    }
  }

  /** More money for a longer session. */
  @payable
  def topUp(): Unit can Write & Emit = {
    val s = ofDriver()
    current = Some(s.copy(deposit = s.deposit + msg.value))
    held = held + msg.value
    emit(Log.ToppedUp(s.id, msg.value))
  }.ensuring(_ => held == old(held) + msg.value)

  /** Ends the session, or gives up the reservation. */
  @entry
  def stop(): Unit can Write & Send & Conclude =
    settle(ofDriver())

  /** Fetches a payment that came back. */
  @entry
  def withdraw(): Unit can Write & Send = {
    val who  = msg.sender
    val owed = creditOf(who)
    require(!owed.isZero, Fault.NothingOwed)
    credits = credits.removed(who)
    disburse(who, owed)
  }

  // ── the meter ──────────────────────────────────────────────────────────────

  /** The energy of the session so far, in watt-hours. Ends the session when the deposit is used up. */
  @entry
  def report(id: Long, wattHours: Long): Unit can Write & Emit & Send & Schedule & Conclude = {
    require(msg.sender == meter, Fault.NotMeter)
    val s = current.getOrElse(abort(Fault.NoSession))
    require(s.id == id, Fault.NoSession)
    require(s.stage == Stage.Charging, Fault.WrongStage(s.stage))
    require(wattHours >= s.wattHours && wattHours <= maxWattHours, Fault.BadReading(s.wattHours, wattHours))
    val updated = s.copy(wattHours = wattHours, lastReading = now)
    current = Some(updated)
    emit(Log.Metered(id, wattHours))
    if costOf(wattHours) >= s.deposit then settle(updated)
    else schedule(now + silence)(meterSilent(id))
  }

  // ── views ──────────────────────────────────────────────────────────────────

  @view
  def session: Option[Session] can Read = current

  @view
  def creditOf(who: Address): Amount can Read = credits.getOrElse(who, Amount.zero)

  /** What so much energy costs. */
  @view
  def costOf(wattHours: Long): Amount can Read = pricePerKwh * wattHours / 1000L

  // ── handlers ───────────────────────────────────────────────────────────────

  @handler
  private def reservationOver(id: Long): Unit can Write & Send & Conclude =
    current match {
      case Some(s) if s.id == id =>
        s.stage match {
          case Stage.Reserved(until) if until <= now => settle(s)
          case _                                     => ()
        }
      case _ => ()
    }

  @handler
  private def meterSilent(id: Long): Unit can Write & Send & Conclude =
    current match {
      case Some(s) if s.id == id && s.stage == Stage.Charging && s.lastReading + silence <= now => settle(s)
      case _                                                                                     => ()
    }

  @handler
  private def credit(to: Address, bounce: Bounce): Unit can Write & Emit = {
    credits = credits.updated(to, creditOf(to) + bounce.returned)
    held = held + bounce.returned
    emit(Log.PaymentBounced(to, bounce.problem))
  }.ensuring(_ => held == old(held) + bounce.returned)

  // ── helpers ────────────────────────────────────────────────────────────────

  private def ofDriver(): Session can Read = {
    val s = current.getOrElse(abort(Fault.NoSession))
    require(msg.sender == s.driver, Fault.NotDriver)
    s
  }

  /** Divides the deposit between operator and driver and frees the charging point. */
  private def settle(s: Session): Unit can Write & Send & Conclude = {
    val price = s.stage match {
      case Stage.Reserved(_) => fee
      case Stage.Charging    => larger(fee, costOf(s.wattHours))
    }
    val cost = if price < s.deposit then price else s.deposit
    current = None
    story(Record.Charged(s.id, s.driver, s.wattHours, cost))
    disburse(operator, cost)
    disburse(s.driver, s.deposit - cost)
  }

  private def disburse(to: Address, amount: Amount): Unit can Write & Send =
    if !amount.isZero then {
      held = held - amount
      pay(to, amount)(delivered = (), bounced = credit(to, _))
    }

  private def larger(a: Amount, b: Amount): Amount can Pure = if a > b then a else b
}

object ChargingStation {
  val maxWattHours = 1000000L // a thousand kilowatt-hours: more than any vehicle takes

  enum Stage {
    case Reserved(until: Instant)
    case Charging
  }

  final case class Session(
      id: Long,
      driver: Address,
      deposit: Amount,
      wattHours: Long,
      lastReading: Instant,
      stage: Stage
  )

  enum Record extends Story {
    case Charged(id: Long, driver: Address, wattHours: Long, cost: Amount)
  }

  enum Log extends Event {
    case Reserved(id: Long, by: Address, until: Instant)
    case Started(id: Long)
    case ToppedUp(id: Long, amount: Amount)
    case Metered(id: Long, wattHours: Long)
    case PaymentBounced(to: Address, why: Problem)
  }

  enum Fault extends Problem {
    case BadTariff, Occupied, NoSession, NotDriver, NotMeter, NothingOwed
    case DepositTooSmall(least: Amount)
    case WrongStage(stage: Stage)
    case BadReading(before: Long, reported: Long)
  }
}
