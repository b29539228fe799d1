/** Suites: a world of contracts in which a test sends messages, moves time and injects faults. */
package fvm.testing

import fvm.*

/** A deployed contract as a test sees it. */
final class Deployed[C <: Contract](val address: Address):
  /** Sends one message and handles it at once; what it sends in turn waits for `deliverOne` or `deliverAll`. */
  def call[R](from: Address, value: Amount = Amount.zero)(entry: C => R): R =
    Exploration.record(() => Deployed.perform(from, address, value, entry))

  def query[R](view: C => R): R = World.query(address)(view(World.contract[C](address)))
  def balance: Amount           = World.balanceOf(address)

object Deployed:
  private def perform[C <: Contract, R](from: Address, to: Address, value: Amount, entry: C => R): R =
    World.call(from, to, value)(entry(World.contract[C](to))) match
      case Right(result) => result
      case Left(problem) => throw Aborted(problem)

abstract class ContractSuite:
  private var cases: Vector[(String, () => Unit)] = Vector.empty

  /** The moment at which every test begins. */
  def genesis: Instant                              = World.genesis
  def account(name: String, funds: Amount): Address = World.account(funds)

  def deploy[C <: Contract](make: => C): Deployed[C] =
    World.create(Address("0x" + "0" * 40), Amount.zero, () => make) match
      case Right(address) => Deployed[C](address)
      case Left(problem)  => throw Aborted(problem)

  def balanceOf(who: Address): Amount = World.balanceOf(who)

  /** What contracts recorded since the test began, oldest first. */
  def stories: List[Story] = World.stories
  def events: List[Event]  = World.events

  /** Until no message is due. */
  def deliverAll(): Unit = while !World.isIdle do World.deliver()
  def deliverOne(): Unit = World.deliver()

  /** Moves the clock; scheduled messages become due and wait for delivery. */
  def advance(by: Duration): Unit = Exploration.record(() => World.advance(by))

  /** The next payment or message to another contract comes back instead of arriving. Calls of the suite itself and
    * scheduled messages are not meant.
    */
  def bounceNext(): Unit = World.inject(SystemProblem.Injected)

  /** The next message to another contract is handled with this much gas; here: it comes back. */
  def starveNext(gas: Long): Unit = World.inject(SystemProblem.OutOfGas)

  /** Handles what `act` sends in every order within the bound and runs `check` at the end of each. A message that aborts
    * in some order is part of the exploration, not a failure.
    */
  def everyInterleaving(maxMessages: Int)(act: => Unit)(check: => Unit): Unit =
    Exploration.explore(Exploration.recording(() => act), maxMessages, () => { deliverAll(); check })

  /** Fails when `body` uses more gas than `limit`; here nothing is measured. */
  def measure(label: String, limit: Long)(body: => Unit): Unit = body

  def test(name: String)(body: => Unit): Unit     = cases = cases :+ (name, () => body)
  def property(name: String)(body: => Unit): Unit = test(name)(body)
  def gas(name: String)(body: => Unit): Unit      = test(name)(body)

  def assertEquals[A](got: A, want: A): Unit =
    if got != want then throw new AssertionError(s"got $got, expected $want")

  def assertAborts(problem: Problem)(body: => Unit): Unit =
    val found =
      try
        body
        None
      catch case Aborted(p) => Some(p)
    if found != Some(problem) then throw new AssertionError(s"got ${found.getOrElse("no abort")}, expected $problem")

  /** Runs all tests, each in the world as the suite's constructor left it, and answers how many failed. */
  final def runAll(): Int =
    val start = World.snapshot()
    cases.count { (name, body) =>
      World.restore(start)
      val failure =
        try
          body()
          None
        catch
          case Aborted(p)        => Some(s"aborted: $p")
          case e: AssertionError => Some(e.getMessage)
      println(s"${if failure.isEmpty then "ok    " else "FAILED"} ${getClass.getSimpleName}: $name")
      failure.foreach(why => println(s"       $why"))
      failure.isDefined
    }

/** All orders of a few actions and of the messages that follow from them. */
private object Exploration:
  private var recorder: Option[Vector[() => Any]] = None
  private val mostOrders                          = 20000

  /** Performs `action`, or only notes it while an `act` is read. */
  def record[R](action: () => R): R = recorder match
    case Some(actions) =>
      recorder = Some(actions :+ action)
      null.asInstanceOf[R]
    case None => action()

  def recording(act: () => Unit): Vector[() => Any] =
    recorder = Some(Vector.empty)
    try
      act()
      recorder.getOrElse(Vector.empty)
    finally recorder = None

  def explore(actions: Vector[() => Any], bound: Int, check: () => Unit): Unit =
    var orders = 0
    def go(left: Vector[() => Any], steps: Int): Unit =
      if orders < mostOrders then
        val here = World.snapshot()
        if steps == bound || left.isEmpty && World.isIdle then
          orders += 1
          left.foreach(attempt)
          check()
        else
          for i <- left.indices do
            attempt(left(i))
            go(left.patch(i, Nil, 1), steps + 1)
            World.restore(here)
          for position <- World.choices do
            World.deliver(position)
            go(left, steps + 1)
            World.restore(here)
        World.restore(here)
    go(actions, 0)

  private def attempt(action: () => Any): Unit =
    try action()
    catch case Aborted(_) => ()

/** Runs suites by class name: `Runner examples.EscrowSuite …`. */
object Runner:
  def main(names: Array[String]): Unit =
    val failed = names.toList.map { name =>
      World.reset()
      Class.forName(name).getDeclaredConstructor().newInstance() match
        case suite: ContractSuite => suite.runAll()
        case _                    => sys.error(s"$name is no suite")
    }.sum
    println(if failed == 0 then "all tests passed" else s"$failed tests failed")
    sys.exit(if failed == 0 then 0 else 1)
