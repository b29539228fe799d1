/** What a contract is made of: its surroundings, messages with both outcomes, events, stories, invariants. */
package fvm

/** What an indexer sees. */
trait Event

/** What a failed `require` reports, and what a bounce carries. */
trait Problem

/** The record of a fulfilled agreement. */
trait Story

/** The message that is being handled. */
final case class Msg(sender: Address, value: Amount)

/** A message that came back: why, and with how many coins. */
final case class Bounce(problem: Problem, returned: Amount)

/** A scheduled message, for `cancel`. */
final case class Timer(id: Long)

/** Why a message came back although no contract said so. */
enum SystemProblem extends Problem:
  case Failed, OutOfGas, NoContract, NoEntry, NotPayable, BadArguments, NotEnoughCoins, Concluded, TimedOut
  case InvariantBroken, Injected

trait Contract:
  protected def msg: Msg        = World.frame.msg
  protected def self: Address   = World.frame.self
  protected def balance: Amount = World.balanceOf(self)
  protected def now: Instant    = World.now

  /** Ends the message without any effect and reports `problem` to its sender. */
  protected def abort(problem: Problem): Nothing = throw Aborted(problem)
  protected def emit(event: Event): Unit         = World.emit(event)

  /** Aborts unless `condition` holds. A problem is preferred, a text is allowed. */
  protected def require(condition: Boolean, problem: => Any): Unit =
    if !condition then
      problem match
        case typed: Problem => abort(typed)
        case _              => abort(SystemProblem.Failed)

  protected def require(condition: Boolean): Unit = require(condition, "no reason given")

  /** A permanent record of one agreement. */
  protected def story(record: Story): Unit = World.story(record)

  /** Coins on their way; exactly one of the two handlers is called later. */
  protected def pay(to: Address, amount: Amount)(delivered: => Unit, bounced: Bounce => Unit): Unit =
    World.pay(self, to, amount, () => delivered, bounced)

  /** A message to oneself, delivered at or after `at`. */
  protected def schedule(at: Instant)(call: => Unit): Timer = World.schedule(self, at, () => call)
  protected def cancel(timer: Timer): Unit                  = World.cancel(timer)

  /** A new contract with its first coins. */
  protected def spawn[C <: Contract](value: Amount)(make: => C)(bounced: Bounce => Unit): Ref[C] =
    Ref(World.spawn(self, value, () => make, bounced))

  /** Holds after every message. */
  protected def invariant(condition: => Boolean): Unit = World.promise(self, () => condition)

  /** In `ensuring`: the value that `before` had when the message began. */
  protected def old[A](before: => A): A = World.past(this, () => before)

/** A contract that ends with one outcome; after it only views answer. */
trait Concludes[O <: Story]:
  this: Contract =>
  protected def conclude(outcome: O): Unit = World.conclude(outcome)

/** The address of a contract of a known type. There is no synchronous call: `_.m(args)` is read as the message
  * `m(args)`.
  */
final case class Ref[C <: Contract](address: Address):
  def send(call: C => Any, value: Amount = Amount.zero)(bounced: Bounce => Unit): Unit =
    World.ask[C, Any](address, call, value, _ => (), bounced)

  def ask[R](call: C => R, value: Amount = Amount.zero)(reply: R => Unit, bounced: Bounce => Unit): Unit =
    World.ask[C, R](address, call, value, reply, bounced)
