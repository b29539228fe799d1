// A small contract with everything in its place.
import fvm.*

final class Jar(val owner: Address) extends Contract:
  import Jar.*

  private var total: Amount = Amount.zero
  private var shares: Map[Address, Amount] = Map.empty
  private var members: Set[Address] = Set.empty

  invariant(total <= balance)

  @payable
  def put(): Unit can Write & Emit =
    require(msg.value > Amount.zero, Fault.Nothing)
    total = total + msg.value
    shares = shares.updated(msg.sender, shares.getOrElse(msg.sender, Amount.zero) + msg.value)
    members = members + msg.sender
    emit(Log.Put(msg.sender, msg.value))

  @entry
  def take(): Unit can Write & Send =
    val who   = msg.sender
    val share = shares.getOrElse(who, Amount.zero)
    require(!share.isZero, Fault.Nothing)
    shares = shares.removed(who)
    members -= who
    total = total - share
    pay(who, share)(delivered = (), bounced = back(who, _))

  @view
  def shareOf(who: Address): Amount can Read = shares.getOrElse(who, Amount.zero)

  @handler
  private def back(who: Address, bounce: Bounce): Unit can Write =
    total = total + bounce.returned
    shares += who -> bounce.returned

object Jar:
  enum Log extends Event:
    case Put(by: Address, amount: Amount)
  enum Fault extends Problem:
    case Nothing
