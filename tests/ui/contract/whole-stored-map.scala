// A stored map is read entry by entry.
import fvm.*

final class Bank extends Contract:
  private var accounts: Map[Address, Amount] = Map.empty
  private var members: Set[Address]          = Set.empty

  @view
  def total: Amount can Read =
    accounts.values.foldLeft(Amount.zero)(_ + _) //~ E0803

  @view
  def count: Int can Read = accounts.count((k, v) => v.isZero) //~ E0803

  @view
  def all: Map[Address, Amount] can Read = accounts //~ E0803

  @view
  def same: Boolean can Read = accounts == Map.empty[Address, Amount] //~ E0803

  @entry
  def each(): Unit can Read =
    for m <- members do require(accounts.contains(m), "known") //~ E0803

  @view
  def fine(a: Address): Boolean can Read =
    accounts.contains(a) && accounts.get(a).isDefined && members(a) && accounts.size > 1 && members.nonEmpty
