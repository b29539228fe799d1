package rules

import fvm.*

/** Writes down what comes, in order, as digits of a number. */
final class Book extends Contract, Concludes[Book.End]:
  import Book.*
  private var seen: Long = 0L
  private var pages: Map[Long, String] = Map.empty

  @entry
  def note(digit: Long): Long can Write =
    seen = seen * 10L + digit
    seen

  @payable
  def receive(): Unit can Write = seen = seen * 10L + 9L

  @payable
  def refuse(): Unit can Pure = abort(Fault.Refused)

  @entry
  def spin(): Unit can Write = while true do seen = seen + 1L

  /** Needs storage for as many characters. */
  @entry
  def write(page: Long, text: String): Unit can Write = pages = pages.updated(page, text)

  @entry
  def tear(page: Long): Unit can Write = pages = pages.removed(page)

  @entry
  def close(): Unit can Conclude = conclude(End.Closed)

  @entry
  def tell(what: Long): Unit can Conclude = story(Tale.Told(what))

  @view
  def digits: Long can Read = seen

object Book:
  enum Fault extends Problem:
    case Refused
  enum End extends Story:
    case Closed
  enum Tale extends Story:
    case Told(what: Long)

/** Sends messages, and writes down how they ended. */
final class Relay(val book: Ref[Book]) extends Contract:
  import Relay.*
  private var ends: Long = 0L
  private var back: Amount = Amount.zero
  private var timer: Timer = Timer(0L)

  @payable
  def receive(): Unit can Pure = ()

  @entry
  def fan(from: Long, to: Long): Unit can Read & Send =
    var digit = from
    while digit <= to do
      book.send(_.note(digit))(bounced = ended(2L, _))
      digit = digit + 1L

  @entry
  def ask(digit: Long): Unit can Read & Send =
    book.ask(_.note(digit))(reply = answered(_), bounced = ended(2L, _))

  /** Pays what comes back. */
  @payable
  def bounce(): Unit can Read & Send =
    book.send(_.refuse(), value = msg.value)(bounced = ended(3L, _))

  /** Pays what comes back to a handler that fails. */
  @payable
  def fragile(): Unit can Read & Send =
    book.send(_.refuse(), value = msg.value)(bounced = broken(_))

  @payable
  def payOut(to: Address): Unit can Read & Send =
    pay(to, msg.value)(delivered = paid(), bounced = ended(4L, _))

  @entry
  def spinThere(): Unit can Read & Send = book.send(_.spin())(bounced = ended(5L, _))

  /** Everything at once, and then nothing. */
  @payable
  def abortAtTheEnd(): Unit can Write & Send & Schedule & Emit =
    ends = 77L
    pay(msg.sender, msg.value)(delivered = (), bounced = ended(4L, _))
    timer = schedule(now)(tick(1L))
    emit(Log.Happened)
    abort(Fault.Sorry)

  @entry
  def later(seconds: Long, digit: Long): Unit can Write & Schedule =
    timer = schedule(now + Duration(seconds))(tick(digit))

  @entry
  def never(): Unit can Read & Schedule = cancel(timer)

  /** Sends itself on, for ever. */
  @entry
  def again(): Unit can Read & Send = Ref[Relay](self).send(_.again())(bounced = ended(6L, _))

  @payable
  def spawnBook(): Unit can Send =
    val made = spawn(Amount.zero)(Book())(bounced = ended(7L, _))
    made.send(_.note(1L))(bounced = ended(8L, _))

  @handler
  private def answered(digits: Long): Unit can Write = ends = ends * 1000L + digits

  @handler
  private def paid(): Unit can Write = ends = ends * 10L + 1L

  @handler
  private def ended(digit: Long, bounce: Bounce): Unit can Write =
    ends = ends * 10L + digit
    back = back + bounce.returned

  @handler
  private def broken(bounce: Bounce): Unit can Write =
    ends = 88L
    abort(Fault.Sorry)

  @handler
  private def tick(digit: Long): Unit can Read & Send =
    book.send(_.note(digit))(bounced = ended(2L, _))

  @view
  def state: Long can Read = ends

  @view
  def returned: Amount can Read = back

object Relay:
  enum Fault extends Problem:
    case Sorry
  enum Log extends Event:
    case Happened
