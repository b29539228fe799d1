package ledger

import fvm.*
import fvm.testing.*

/** Refuses or takes what comes. */
final class Receiver extends Contract:
  import Receiver.*
  private var taken: Amount = Amount.zero
  private var order: List[Int] = Nil

  invariant(taken <= balance)
  invariant(order.length <= 5)

  @payable
  def receive(): Unit can Write = taken = taken + msg.value

  @payable
  def refuse(why: Int): Unit can Pure = abort(Fault.Refused(why))

  @entry
  def divide(by: Int): Int can Write =
    order = by :: order
    100 / by

  @entry
  def note(k: Int): Unit can Write = order = order :+ k

  /** Breaks the first invariant. */
  @entry
  def claimMore(): Unit can Write = taken = taken + Amount.fromLong(1L)

  @entry
  def spin(): Unit can Write & Emit =
    order = 1 :: order
    emit(Log.Spinning)
    var k = 0
    while k >= 0 do k = (k + 1) % 1000

  @view
  def total: Amount can Read = taken
  @view
  def noted: List[Int] can Read = order

object Receiver:
  enum Fault extends Problem:
    case Refused(why: Int)
  enum Log extends Event:
    case Spinning

/** Sends, and keeps what came back. */
final class Sender(val target: Ref[Receiver], val stranger: Address) extends Contract:
  import Sender.*
  private var answers: List[String] = Nil
  private var returned: Amount = Amount.zero
  private var fragile: Boolean = false

  @payable
  def payReceiver(): Unit can Read & Send = pay(target.address, msg.value)(delivered = done("paid"), bounced = back(_))

  @payable
  def payStranger(): Unit can Read & Send = pay(stranger, msg.value)(delivered = done("credited"), bounced = back(_))

  @payable
  def askRefused(): Unit can Read & Send =
    target.send(_.refuse(7), value = msg.value)(bounced = back(_))

  @entry
  def askDivision(by: Int): Unit can Send =
    target.ask(_.divide(by))(reply = divided(by, _), bounced = back(_))

  @entry
  def askMore(): Unit can Send = target.send(_.claimMore())(bounced = back(_))

  @entry
  def askSpin(): Unit can Send = target.send(_.spin())(bounced = back(_))

  @entry
  def notes(): Unit can Send =
    target.send(_.note(1))(bounced = back(_))
    target.send(_.note(2))(bounced = back(_))
    target.send(_.note(3))(bounced = back(_))

  /** Pays twice what there is. */
  @payable
  def overspend(): Unit can Write & Send =
    answers = "overspent" :: answers
    pay(stranger, balance)(delivered = done("first"), bounced = back(_))
    pay(stranger, msg.value)(delivered = done("second"), bounced = back(_))

  @entry
  def becomeFragile(): Unit can Write = fragile = true

  @handler
  private def done(what: String): Unit can Write = answers = what :: answers

  @handler
  private def divided(by: Int, result: Int): Unit can Write =
    answers = ("100 / " + by + " = " + result) :: answers

  @handler
  private def back(bounce: Bounce): Unit can Write =
    if fragile then abort(Fault.Fragile)
    returned = returned + bounce.returned
    answers = bounce.problem.toString :: answers

  @view
  def heard: List[String] can Read = answers
  @view
  def refunds: Amount can Read = returned

object Sender:
  enum Fault extends Problem:
    case Fragile

final class BounceSuite extends ContractSuite:
  private val alice = account("alice", 100.fsc)
  private val plain = account("plain", 0.fsc)
  private val receiver = deploy(Receiver())
  private val sender = deploy(Sender(Ref[Receiver](receiver.address), plain))

  test("a payment to a contract calls its receive"):
    sender.call(from = alice, value = 3.fsc)(_.payReceiver())
    assertEquals(receiver.query(_.total), 0.fsc)
    deliverAll()
    assertEquals(receiver.query(_.total), 3.fsc)
    assertEquals(receiver.balance, 3.fsc)
    assertEquals(sender.query(_.heard), List("paid"))

  test("a payment to a plain account is a credit"):
    sender.call(from = alice, value = 3.fsc)(_.payStranger())
    deliverAll()
    assertEquals(balanceOf(plain), 3.fsc)
    assertEquals(sender.query(_.heard), List("credited"))

  test("an abort brings back all coins and the problem"):
    sender.call(from = alice, value = 3.fsc)(_.askRefused())
    assertEquals(sender.balance, 0.fsc)
    deliverAll()
    assertEquals(sender.balance, 3.fsc)
    assertEquals(sender.query(_.refunds), 3.fsc)
    assertEquals(sender.query(_.heard), List("Refused(7)"))
    assertEquals(receiver.balance, 0.fsc)

  test("a reply fills the hole of the saved call"):
    sender.call(from = alice)(_.askDivision(8))
    deliverAll()
    assertEquals(sender.query(_.heard), List("100 / 8 = 12"))
    assertEquals(receiver.query(_.noted), List(8))

  test("a trap rolls back and bounces"):
    sender.call(from = alice)(_.askDivision(0))
    deliverAll()
    assertEquals(sender.query(_.heard), List("Failed"))
    assertEquals(receiver.query(_.noted), Nil)

  test("a broken invariant rolls back and bounces"):
    sender.call(from = alice)(_.askMore())
    deliverAll()
    assertEquals(sender.query(_.heard), List("InvariantBroken"))
    assertEquals(receiver.query(_.total), 0.fsc)
    assertAborts(SystemProblem.InvariantBroken) {
      receiver.call(from = alice)(_.claimMore())
    }
    assertEquals(receiver.query(_.total), 0.fsc)

  test("without gas nothing has happened"):
    sender.call(from = alice)(_.askSpin())
    deliverAll()
    assertEquals(sender.query(_.heard), List("OutOfGas"))
    assertEquals(receiver.query(_.noted), Nil)
    assertEquals(events, Nil)

  test("a starved message bounces, the next one does not"):
    receiver.call(from = alice)(_.note(1))
    sender.call(from = alice)(_.notes())
    starveNext(100L)
    deliverAll()
    assertEquals(receiver.query(_.noted), List(1, 2, 3))
    assertEquals(sender.query(_.heard), List("OutOfGas"))

  test("messages of one sender to one receiver keep their order"):
    everyInterleaving(maxMessages = 8) {
      sender.call(from = alice)(_.notes())
      receiver.call(from = plain)(_.note(9))
    } {
      assertEquals(receiver.query(_.noted).filter(k => k != 9), List(1, 2, 3))
    }

  test("a handler cannot spend more than there is"):
    assertAborts(SystemProblem.NotEnoughCoins) {
      sender.call(from = alice, value = 4.fsc)(_.overspend())
    }
    assertEquals(balanceOf(alice), 100.fsc)
    assertEquals(sender.query(_.heard), Nil)
    deliverAll()
    assertEquals(balanceOf(plain), 0.fsc)

  test("an account cannot spend more than it has"):
    assertAborts(SystemProblem.NotEnoughCoins) {
      sender.call(from = alice, value = 101.fsc)(_.payStranger())
    }

  test("coins of a bounce stay even if its handler fails"):
    sender.call(from = alice)(_.becomeFragile())
    sender.call(from = alice, value = 3.fsc)(_.askRefused())
    deliverAll()
    assertEquals(sender.balance, 3.fsc)
    assertEquals(sender.query(_.refunds), 0.fsc)

  test("an entry that takes no coins gives them back"):
    assertAborts(SystemProblem.NotPayable) {
      receiver.call(from = alice, value = 1.fsc)(_.note(1))
    }
    assertEquals(balanceOf(alice), 100.fsc)
