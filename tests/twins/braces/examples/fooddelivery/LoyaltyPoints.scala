package examples

import fvm.*

/** Points for returning customers: another contract, reached only by messages. */
trait LoyaltyPoints extends Contract {
  @entry
  def award(customer: Address, points: Long): Long
}

/** Points of many programs: each sender has its own account book and cannot touch another's. */
final class PointsBook extends LoyaltyPoints {

  import PointsBook.*

  private var earned: Map[(Address, Address), Long] = Map.empty

  /** Adds points of the calling program and answers the customer's new total. */
  @entry
  def award(customer: Address, points: Long): Long can Write = {
    require(points > 0 && points <= 1000, Fault.BadCount(points))
    val key   = (msg.sender, customer)
    val total = earned.getOrElse(key, 0L) + points
    earned = earned.updated(key, total)
    total
  }

  @view
  def total(program: Address, customer: Address): Long can Read =
    earned.getOrElse((program, customer), 0L)
}

object PointsBook {
  enum Fault extends Problem {
    case BadCount(points: Long)
  }
}
