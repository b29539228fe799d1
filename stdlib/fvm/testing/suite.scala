/** Suites: a world of contracts in which a test sends messages, moves time and injects faults. Every test has a suite
  * object and a world of its own.
  */
package fvm.testing

import fvm.*
import fvm.internal.{Aborted, Addresses, Records, Worlds}
import scala.collection.mutable.ListBuffer

/** A deployed contract as a test sees it. */
final class Deployed[C <: Contract](val address: Address) {
  /** Sends one message and handles it at once; what it sends in turn waits for `deliverOne` or `deliverAll`. */
  def call[R](from: Address, value: Amount = Amount.zero)(entry: C => R): R = fvm.internal.form
  def query[R](view: C => R): R = fvm.internal.form
  def balance: Amount = Worlds.balanceOf(address)
}

/** A test that a suite registered. */
final class RegisteredTest(val name: String, val kind: String, val body: () => Unit)

abstract class ContractSuite {
  private val tests: ListBuffer[RegisteredTest] = new ListBuffer[RegisteredTest]()
  private val start: Long = Worlds.now

  /** The moment at which every test begins. */
  def genesis: Instant = Instant(start)
  def account(name: String, funds: Amount): Address = Addresses.of(Worlds.account(name, funds))
  def deploy[C <: Contract](make: => C): Deployed[C] = fvm.internal.form
  def balanceOf(who: Address): Amount = Worlds.balanceOf(who)

  /** What the test's contracts recorded since it began, oldest first. */
  def stories: List[Story] =
    List.tabulate[Story](Worlds.storyCount)((i: Int) => Records.story(Worlds.story(i)))
  def events: List[Event] =
    List.tabulate[Event](Worlds.eventCount)((i: Int) => Records.event(Worlds.event(i)))

  /** Until no message is due. */
  def deliverAll(): Unit = while (Worlds.deliver) ()
  def deliverOne(): Unit = { Worlds.deliver; () }

  /** Moves the clock; scheduled messages become due. */
  def advance(by: Duration): Unit = Worlds.advance(by.seconds)

  /** The next message or payment that a contract sent comes back instead of arriving. Calls of the suite itself are
    * not meant.
    */
  def bounceNext(): Unit = Worlds.bounceNext()

  /** The next message is handled with this much gas. */
  def starveNext(gas: Long): Unit = Worlds.starveNext(gas)

  /** Sends what `act` calls in every order of delivery within the bound and runs `check` at the end of each. */
  def everyInterleaving(maxMessages: Int)(act: => Unit)(check: => Unit): Unit = {
    Worlds.exploreBegin(maxMessages)
    while (Worlds.exploreNext) {
      act
      deliverAll()
      check
    }
  }

  /** Fails when `body` uses more gas than `limit`. */
  def measure(label: String, limit: Long)(body: => Unit): Unit = {
    val before = Worlds.gasUsed
    body
    val used = Worlds.gasUsed - before
    Worlds.measure(label, used, limit)
    if (used > limit) throw new AssertionError(label + " used " + used + " gas, more than " + limit)
  }

  def test(name: String)(body: => Unit): Unit = register(name, "test", () => body)
  def property(name: String)(body: => Unit): Unit = register(name, "property", () => body)
  def gas(name: String)(body: => Unit): Unit = register(name, "gas", () => body)
  private def register(name: String, kind: String, body: () => Unit): Unit = {
    tests.addOne(new RegisteredTest(name, kind, body))
    ()
  }

  def assertEquals[A](got: A, want: A): Unit =
    if (got != want) throw new AssertionError("got " + got + ", want " + want)
  def assert(condition: Boolean): Unit = if (!condition) throw new AssertionError("assertion failed")
  def assert(condition: Boolean, message: => Any): Unit =
    if (!condition) throw new AssertionError("assertion failed: " + message)

  /** Fails unless `body` is stopped by an abort with this problem. */
  def assertAborts(problem: Problem)(body: => Unit): Unit =
    problemOf(() => body) match {
      case Some(found) => if (found != problem) throw new AssertionError("aborted with " + found + ", want " + problem)
      case None => throw new AssertionError("did not abort, want " + problem)
    }
  private def problemOf(body: () => Unit): Option[Problem] =
    try {
      body()
      None
    } catch {
      case aborted: Aborted => Some[Problem](aborted.problem)
    }

  // ── what the test runner calls ──
  def testCount: Int = tests.length
  def testName(number: Int): String = tests(number).name
  def testKind(number: Int): String = tests(number).kind
  def runTest(number: Int): Unit = tests(number).body.apply()
}
