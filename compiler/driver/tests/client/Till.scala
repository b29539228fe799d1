package till

import fvm.*

/** Takes coins from those who are named, up to a limit, and pays them out to its owner. */
final class Till(owner: Address, limit: Amount) extends Contract:
  import Till.*

  require(limit > Amount.zero, Fault.NoLimit)

  private var taken: Map[Address, Amount] = Map.empty
  private var payers: Set[Address] = Set.empty
  private var last: Option[Entry] = None
  private var count: Int = 0
  private var returned: Amount = Amount.zero

  @payable
  def take(note: String, tags: List[Tag]): Int can Write & Emit =
    require(msg.value > Amount.zero && msg.value <= limit, Fault.WrongAmount(msg.value, limit))
    taken = taken.updated(msg.sender, taken.getOrElse(msg.sender, Amount.zero) + msg.value)
    payers = payers.incl(msg.sender)
    last = Some(Entry(msg.sender, msg.value, note, tags))
    count += 1
    emit(Log.Taken(msg.sender, msg.value, tags))
    count

  @entry
  def close(reason: String): Unit can Read & Send & Conclude =
    require(msg.sender == owner, Fault.NotOwner)
    story(Record.Closed(owner, balance, reason))
    pay(owner, balance)(delivered = paid(), bounced = unpaid(_))

  @entry
  def divide(by: Int): Int can Pure = 100 / by

  @view
  def lastEntry: Option[Entry] can Read = last

  @view
  def takenFrom(who: Address): Amount can Read = taken.getOrElse(who, Amount.zero)

  @view
  def add(x: Int): Int can Pure = x + 1

  @view
  def add(x: Int, y: Int): Int can Pure = x + y

  @handler private def paid(): Unit can Pure = ()
  @handler private def unpaid(bounce: Bounce): Unit can Write = returned = returned + bounce.returned

object Till:
  enum Tag:
    case Cash
    case Card(number: Long)

  final case class Entry(from: Address, amount: Amount, note: String, tags: List[Tag])

  enum Log extends Event:
    case Taken(from: Address, amount: Amount, tags: List[Tag])

  enum Record extends Story:
    case Closed(by: Address, amount: Amount, reason: String)

  enum Fault extends Problem:
    case NoLimit
    case NotOwner
    case WrongAmount(sent: Amount, limit: Amount)
