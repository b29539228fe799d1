/** What a contract is made of: its surroundings, messages with both outcomes, events, stories, invariants. The methods
  * that keep calls for later are forms of the language: the compiler replaces them, and their bodies here never run.
  */
package fvm

import fvm.internal.{Addresses, Surroundings}

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
enum SystemProblem extends Problem {
  /** The receiver's code failed with an exception or trap. */
  case Failed
  /** The receiver used up the gas. */
  case OutOfGas
  /** There is no such contract. */
  case NoContract
  /** The receiver has no such entry. */
  case NoEntry
  /** The receiver's entry takes no coins. */
  case NotPayable
  /** The arguments are no encoding of the parameters. */
  case BadArguments
  /** The sender has too few coins. */
  case NotEnoughCoins
  /** The receiver has concluded. */
  case Concluded
  /** No answer came in time. */
  case TimedOut
  /** An invariant of the receiver would not have held. */
  case InvariantBroken
  /** A test asked for the bounce. */
  case Injected
}

trait Contract {
  protected def msg: Msg = Msg(Addresses.of(Surroundings.sender), Surroundings.value)
  protected def self: Address = Addresses.of(Surroundings.self)
  protected def balance: Amount = Surroundings.balance
  protected def now: Instant = Instant(Surroundings.now)

  /** Ends the message without any effect and reports `problem` to its sender. */
  protected def abort(problem: Problem): Nothing = fvm.internal.form
  protected def emit(event: Event): Unit = fvm.internal.form

  /** A permanent record of one agreement. */
  protected def story(record: Story): Unit = fvm.internal.form

  /** Coins on their way; exactly one of the two handlers is called later. */
  protected def pay(to: Address, amount: Amount)(delivered: => Unit, bounced: Bounce => Unit): Unit = fvm.internal.form

  /** A message to oneself, delivered at or after `at`. */
  protected def schedule(at: Instant)(call: => Unit): Timer = fvm.internal.form
  protected def cancel(timer: Timer): Unit = Surroundings.cancel(timer.id)

  /** A new contract with its first coins. */
  protected def spawn[C <: Contract](value: Amount)(make: => C)(bounced: Bounce => Unit): Ref[C] = fvm.internal.form

  /** Holds after every message. */
  protected def invariant(condition: => Boolean): Unit = fvm.internal.form

  /** In `ensuring`: the value that `before` had when the method began. */
  protected def old[A](before: => A): A = fvm.internal.form
}

/** A contract that ends with one outcome; after it only views answer. */
trait Concludes[O <: Story] {
  this: Contract =>
  protected def conclude(outcome: O): Unit = fvm.internal.form
}

/** The address of a contract of a known type. There is no synchronous call: `_.m(args)` is read as the message
  * `m(args)`.
  */
final case class Ref[C <: Contract](address: Address) {
  def send(call: C => Any, value: Amount = Amount.zero)(bounced: Bounce => Unit): Unit = fvm.internal.form

  def ask[R](call: C => R, value: Amount = Amount.zero)(reply: R => Unit, bounced: Bounce => Unit): Unit =
    fvm.internal.form
}
