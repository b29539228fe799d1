/** Suites: a world of contracts in which a test sends messages, moves time and injects faults. */
package fvm.testing

import fvm.*

private def intrinsic: Nothing = throw new NotImplementedError("runs on the FVM only")

/** A deployed contract as a test sees it. */
final class Deployed[C <: Contract](val address: Address):
  /** Sends one message and handles it at once; what it sends in turn waits for `deliverOne` or `deliverAll`. */
  def call[R](from: Address, value: Amount = Amount.zero)(entry: C => R): R = intrinsic
  def query[R](view: C => R): R                                             = intrinsic
  def balance: Amount                                                       = intrinsic

abstract class ContractSuite:
  /** The moment at which every test begins. */
  def genesis: Instant                                   = intrinsic
  def account(name: String, funds: Amount): Address      = intrinsic
  def deploy[C <: Contract](make: => C): Deployed[C]     = intrinsic
  def balanceOf(who: Address): Amount                    = intrinsic

  /** What the test's contracts recorded since it began, oldest first. */
  def stories: List[Story] = intrinsic
  def events: List[Event]  = intrinsic

  /** Until no message is due. */
  def deliverAll(): Unit = intrinsic
  def deliverOne(): Unit = intrinsic

  /** Moves the clock; scheduled messages become due. */
  def advance(by: Duration): Unit = intrinsic

  /** The next message or payment that a contract sent comes back instead of arriving. Calls of the suite itself are
    * not meant.
    */
  def bounceNext(): Unit = intrinsic

  /** The next message is handled with this much gas. */
  def starveNext(gas: Long): Unit = intrinsic

  /** Sends what `act` calls in every order of delivery within the bound and runs `check` at the end of each. */
  def everyInterleaving(maxMessages: Int)(act: => Unit)(check: => Unit): Unit = intrinsic

  /** Fails when `body` uses more gas than `limit`. */
  def measure(label: String, limit: Long)(body: => Unit): Unit = intrinsic

  def test(name: String)(body: => Unit): Unit     = ()
  def property(name: String)(body: => Unit): Unit = ()
  def gas(name: String)(body: => Unit): Unit      = ()

  def assertEquals[A](got: A, want: A): Unit                  = intrinsic
  def assertAborts(problem: Problem)(body: => Unit): Unit     = intrinsic
