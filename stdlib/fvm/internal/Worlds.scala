/** The world that a suite drives. */
package fvm.internal

import fvm.{Address, Amount, Bytes, Contract, Problem}
import fvm.testing.Deployed

/** A contract stopped a message with this problem. */
final class Aborted(val problem: Problem) extends RuntimeException(problem.toString) {
  override def toString: String = "aborted: " + problem
}

object Worlds {
  @intrinsic("host.world_account") def account(name: String, funds: Amount): Bytes
  @intrinsic("host.world_problem") private def problemBytes: Bytes
  @intrinsic("host.world_balance") private def balance(address: Bytes): Amount
  @intrinsic("host.world_deliver") def deliver: Boolean
  @intrinsic("host.world_advance") def advance(seconds: Long): Unit
  @intrinsic("host.world_now") def now: Long
  @intrinsic("host.world_bounce_next") def bounceNext(): Unit
  @intrinsic("host.world_starve_next") def starveNext(gas: Long): Unit
  @intrinsic("host.world_event_count") def eventCount: Int
  @intrinsic("host.world_event") def event(number: Int): Bytes
  @intrinsic("host.world_story_count") def storyCount: Int
  @intrinsic("host.world_story") def story(number: Int): Bytes
  @intrinsic("host.world_gas_used") def gasUsed: Long
  @intrinsic("host.world_explore_begin") def exploreBegin(maxMessages: Int): Unit
  @intrinsic("host.world_explore_next") def exploreNext: Boolean
  @intrinsic("host.world_measure") def measure(label: String, gas: Long, limit: Long): Unit
  @intrinsic("host.world_random") def random: Long

  def balanceOf(address: Address): Amount = balance(address.bytes)
  /** The account that deploys where a test names none. */
  def deployer(): Address = Addresses.of(account("deployer", Amount.zero))
  def deployed(address: Address): Deployed[Contract] = new Deployed[Contract](address)
  /** The last message was aborted. */
  def failed(): Nothing = throw new Aborted(Records.problem(problemBytes))
}
