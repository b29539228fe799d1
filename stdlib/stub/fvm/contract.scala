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

trait Contract:
  protected def msg: Msg        = intrinsic
  protected def self: Address   = intrinsic
  protected def balance: Amount = intrinsic
  protected def now: Instant    = intrinsic

  /** Ends the message without any effect and reports `problem` to its sender. */
  protected def abort(problem: Problem): Nothing = intrinsic
  protected def emit(event: Event): Unit         = intrinsic

  /** A permanent record of one agreement. */
  protected def story(record: Story): Unit = intrinsic

  /** Coins on their way; exactly one of the two handlers is called later. */
  protected def pay(to: Address, amount: Amount)(delivered: => Unit, bounced: Bounce => Unit): Unit = intrinsic

  /** A message to oneself, delivered at or after `at`. */
  protected def schedule(at: Instant)(call: => Unit): Timer = intrinsic
  protected def cancel(timer: Timer): Unit                  = intrinsic

  /** A new contract with its first coins. */
  protected def spawn[C <: Contract](value: Amount)(make: => C)(bounced: Bounce => Unit): Ref[C] = intrinsic

  /** Holds after every message. */
  protected def invariant(condition: => Boolean): Unit = ()

  /** In `ensuring`: the value that `before` had when the method began. */
  protected def old[A](before: => A): A = intrinsic

/** A contract that ends with one outcome; after it only views answer. */
trait Concludes[O <: Story]:
  this: Contract =>
  protected def conclude(outcome: O): Unit = intrinsic

/** The address of a contract of a known type. There is no synchronous call: `_.m(args)` is read as the message
  * `m(args)`.
  */
final case class Ref[C <: Contract](address: Address):
  def send(call: C => Any, value: Amount = Amount.zero)(bounced: Bounce => Unit): Unit = intrinsic

  def ask[R](call: C => R, value: Amount = Amount.zero)(reply: R => Unit, bounced: Bounce => Unit): Unit = intrinsic
