package traffic

import fvm.*

/** Passes messages and coins on: to whom and how many, what it has seen before decides. */
final class Station extends Contract, Concludes[Station.End]:
  import Station.*
  private var seen: Long = 0L
  private var failed: Long = 0L
  private var back: Amount = Amount.zero
  private var pages: Map[Long, String] = Map.empty
  private var timers: Map[Long, Timer] = Map.empty

  @payable
  def receive(): Unit can Write = seen = seen + 1L

  @entry
  def tally(number: Long): Long can Write =
    seen = seen + (number & 7L) + 1L
    seen

  /** Coins go on while there is a way to go, to one of two, and sometimes stay. */
  @payable
  def pass(first: Address, second: Address, steps: Long): Unit can Write & Send =
    seen = seen + 1L
    if steps > 0L && seen % 8L != 0L then
      val next = if seen % 2L == 0L then first else second
      val left = steps - 1L
      Ref[Station](next).send(_.pass(second, first, left), value = msg.value)(bounced = returned(_))

  @entry
  def fan(first: Address, second: Address): Unit can Write & Send =
    var count = seen % 6L
    seen = seen + 1L
    while count > 0L do
      val next = if count % 2L == 0L then first else second
      Ref[Station](next).send(_.tally(count))(bounced = returned(_))
      count = count - 1L

  @entry
  def ask(whom: Address): Unit can Read & Send =
    Ref[Station](whom).ask(_.tally(seen))(reply = answered(whom, _), bounced = returned(_))

  /** Pays out all or half of what it has. */
  @entry
  def give(to: Address): Unit can Write & Send =
    val value = if seen % 2L == 0L then balance else balance / 2
    seen = seen + 1L
    pay(to, value)(delivered = paid(), bounced = returned(_))

  @payable
  def refuse(): Unit can Pure = abort(Fault.Refused)

  @payable
  def bounce(whom: Address): Unit can Read & Send =
    Ref[Station](whom).send(_.refuse(), value = msg.value)(bounced = returned(_))

  /** Pays what comes back to a handler that fails: a dead letter. */
  @payable
  def fragile(whom: Address): Unit can Read & Send =
    Ref[Station](whom).send(_.refuse(), value = msg.value)(bounced = broken(_))

  @entry
  def spin(): Unit can Write = while true do seen = seen + 1L

  @entry
  def later(slot: Long, seconds: Long, whom: Address): Unit can Write & Schedule =
    timers = timers.updated(slot, schedule(now + Duration(seconds))(tick(whom)))

  @entry
  def never(slot: Long): Unit can Write & Schedule =
    if timers.contains(slot) then
      cancel(timers(slot))
      timers = timers.removed(slot)

  /** Makes another one, which has to do something at once. */
  @entry
  def grow(): Unit can Read & Send =
    val made = spawn(Amount.zero)(Station())(bounced = returned(_))
    made.send(_.tally(seen))(bounced = returned(_))

  @entry
  def write(slot: Long, text: String): Unit can Write = pages = pages.updated(slot, text)

  @entry
  def tear(slot: Long): Unit can Write = pages = pages.removed(slot)

  @entry
  def tell(): Unit can Write & Emit & Conclude =
    seen = seen + 1L
    emit(Log.Told(seen))
    story(Tale.Told(seen))

  @entry
  def close(): Unit can Conclude = conclude(End.Closed)

  @handler
  private def answered(whom: Address, sum: Long): Unit can Write & Send =
    seen = seen + (sum & 3L)
    if seen % 3L == 0L then Ref[Station](whom).send(_.tally(sum))(bounced = returned(_))

  @handler
  private def paid(): Unit can Write = seen = seen + 1L

  @handler
  private def returned(bounce: Bounce): Unit can Write =
    failed = failed + 1L
    back = back + bounce.returned

  @handler
  private def broken(bounce: Bounce): Unit can Write =
    failed = failed + 1L
    abort(Fault.Sorry)

  @handler
  private def tick(whom: Address): Unit can Write & Send =
    seen = seen + 1L
    Ref[Station](whom).send(_.tally(seen))(bounced = returned(_))

  @view
  def state: Long can Read = seen

object Station:
  enum Fault extends Problem:
    case Refused
    case Sorry
  enum Log extends Event:
    case Told(what: Long)
  enum Tale extends Story:
    case Told(what: Long)
  enum End extends Story:
    case Closed
