package ledger

import fvm.*
import fvm.testing.*

/** Lives until it is told to end. */
final class Child(val parent: Address, val patience: Long) extends Contract, Concludes[Child.End]:
  import Child.*
  require(patience > 0L, Fault.Impatient)
  private var visits: Int = 0

  @payable
  def receive(): Unit can Write = visits = visits + 1

  @entry
  def visit(): Int can Write =
    visits = visits + 1
    visits

  @entry
  def finish(): Unit can Read & Conclude = conclude(End.After(visits))

  @view
  def seen: Int can Read = visits

object Child:
  enum End extends Story:
    case After(visits: Int)
  enum Fault extends Problem:
    case Impatient

/** Makes children and sets clocks. */
final class Parent(val name: String) extends Contract:
  import Parent.*
  private var child: Option[Ref[Child]] = None
  private var lost: Amount = Amount.zero
  private var rings: List[Int] = Nil
  private var timers: List[Timer] = Nil

  @payable
  def bear(patience: Long): Address can Write & Send =
    val born = spawn(msg.value)(Child(self, patience))(bounced = stillborn(_))
    child = Some(born)
    born.address

  @entry
  def visitChild(): Unit can Read & Send =
    child match
      case Some(ref) => ref.ask(_.visit())(reply = visited(_), bounced = missed(_))
      case None      => abort(Fault.NoChild)

  @entry
  def wake(after: Long, sign: Int): Unit can Write & Schedule =
    timers = schedule(now + Duration(after))(ring(sign)) :: timers

  @entry
  def sleep(): Unit can Write & Schedule =
    timers.foreach(timer => cancel(timer))
    timers = Nil

  @handler
  private def ring(sign: Int): Unit can Write = rings = rings :+ sign

  @handler
  private def visited(count: Int): Unit can Emit = emit(Log.Visited(count))

  @handler
  private def missed(bounce: Bounce): Unit can Emit = emit(Log.Missed(bounce.problem))

  @handler
  private def stillborn(bounce: Bounce): Unit can Write & Emit =
    lost = lost + bounce.returned
    child = None
    emit(Log.Missed(bounce.problem))

  @view
  def rung: List[Int] can Read = rings
  @view
  def back: Amount can Read = lost

object Parent:
  enum Log extends Event:
    case Visited(count: Int)
    case Missed(why: Problem)
  enum Fault extends Problem:
    case NoChild

final class LifeSuite extends ContractSuite:
  private val alice = account("alice", 100.fsc)
  private val parent = deploy(Parent("p"))

  test("a new contract has its address at once and its code later"):
    val address = parent.call(from = alice, value = 2.fsc)(_.bear(5L))
    assertEquals(balanceOf(address), 0.fsc)
    parent.call(from = alice)(_.visitChild())
    deliverAll()
    assertEquals(balanceOf(address), 2.fsc)
    assertEquals(events, List(Parent.Log.Visited(1)))

  test("a constructor that aborts brings the coins back"):
    val address = parent.call(from = alice, value = 2.fsc)(_.bear(0L))
    deliverAll()
    assertEquals(balanceOf(address), 0.fsc)
    assertEquals(parent.balance, 2.fsc)
    assertEquals(parent.query(_.back), 2.fsc)
    assertEquals(events, List(Parent.Log.Missed(Child.Fault.Impatient)))

  test("a deployment that aborts leaves nothing"):
    assertAborts(Child.Fault.Impatient) {
      deploy(Child(alice, 0L))
    }

  test("after its Story a contract answers views only"):
    val child = deploy(Child(alice, 1L))
    assertEquals(child.call(from = alice)(_.visit()), 1)
    child.call(from = alice)(_.finish())
    assertEquals(stories, List(Child.End.After(1)))
    assertAborts(SystemProblem.Concluded) {
      child.call(from = alice)(_.visit())
    }
    assertAborts(SystemProblem.Concluded) {
      child.call(from = alice, value = 1.fsc)(_.receive())
    }
    assertEquals(child.query(_.seen), 1)
    assertEquals(balanceOf(alice), 100.fsc)

  test("timers ring by time, then in the order in which they were set"):
    parent.call(from = alice)(_.wake(20L, 3))
    parent.call(from = alice)(_.wake(10L, 1))
    parent.call(from = alice)(_.wake(10L, 2))
    advance(9.seconds)
    deliverAll()
    assertEquals(parent.query(_.rung), Nil)
    advance(1.seconds)
    deliverAll()
    assertEquals(parent.query(_.rung), List(1, 2))
    advance(100.seconds)
    deliverAll()
    assertEquals(parent.query(_.rung), List(1, 2, 3))

  test("what is due already is queued at once"):
    parent.call(from = alice)(_.wake(0L, 1))
    assertEquals(parent.query(_.rung), Nil)
    deliverAll()
    assertEquals(parent.query(_.rung), List(1))

  test("a cancelled timer never rings"):
    parent.call(from = alice)(_.wake(10L, 1))
    parent.call(from = alice)(_.sleep())
    parent.call(from = alice)(_.wake(10L, 2))
    advance(30.seconds)
    deliverAll()
    assertEquals(parent.query(_.rung), List(2))

  test("no timer beyond the horizon"):
    assertAborts(SystemProblem.Failed) {
      parent.call(from = alice)(_.wake(400000000L, 1))
    }
