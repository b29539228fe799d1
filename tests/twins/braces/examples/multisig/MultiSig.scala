package examples

import fvm.*

/** A wallet of several owners: a proposal happens when enough of them approve it in time.
  *
  * @param patience after this time an unfinished proposal expires
  */
final class MultiSig(
    founders: List[Address],
    quorum: Int,
    val patience: Duration
) extends Contract {

  import MultiSig.*

  require(founders.nonEmpty && founders.size <= maxOwners, Fault.BadOwners(founders.size))
  require(founders.distinct.size == founders.size, Fault.DuplicateOwner)
  require(quorum >= 1 && quorum <= founders.size, Fault.BadThreshold(quorum))

  private var owners: List[Address] = founders
  private var threshold: Int = quorum
  private var nextId: Long = 0
  private var proposals: Map[Long, Proposal] = Map.empty
  private var returned: Amount = Amount.zero

  invariant(threshold >= 1 && threshold <= owners.size)
  invariant(owners.size <= maxOwners)

  // ── money in ───────────────────────────────────────────────────────────────

  @payable
  def deposit(): Unit can Read & Emit =
    emit(Log.Deposited(msg.sender, msg.value))

  // ── owners ─────────────────────────────────────────────────────────────────

  /** Proposes an action and approves it. */
  @entry
  def propose(action: Action): Long can Write & Emit & Send & Schedule & Conclude = {
    requireOwner()
    check(action)
    val id = nextId
    nextId = nextId + 1
    val expires = now + patience
    emit(Log.Proposed(id, msg.sender, action))
    schedule(expires)(expire(id))
    decide(id, Proposal(action, List(msg.sender), expires))
    id
  }

  @entry
  def approve(id: Long): Unit can Write & Emit & Send & Conclude = {
    requireOwner()
    val p = find(id)
    require(!p.approvals.contains(msg.sender), Fault.AlreadyApproved(id))
    emit(Log.Approved(id, msg.sender))
    decide(id, p.copy(approvals = msg.sender :: p.approvals))
  }

  /** Takes the caller's approval back; a proposal that nobody approves any more is gone. */
  @entry
  def revoke(id: Long): Unit can Write & Emit = {
    requireOwner()
    val p = find(id)
    require(p.approvals.contains(msg.sender), Fault.NotApproved(id))
    val left = p.approvals.filter(_ != msg.sender)
    if left.isEmpty then proposals = proposals.removed(id)
    else proposals = proposals.updated(id, p.copy(approvals = left))
    emit(Log.Revoked(id, msg.sender))
  }

  // ── views ──────────────────────────────────────────────────────────────────

  @view
  def show(id: Long): Option[Proposal] can Read = proposals.get(id)

  @view
  def rules: Rules can Read = Rules(owners, threshold)

  /** What can still be spent: coins on their way have left the balance. */
  @view
  def available: Amount can Read = balance

  /** Coins of payments that bounced, all told: they can be proposed again. */
  @view
  def bounced: Amount can Read = returned

  // ── handlers ───────────────────────────────────────────────────────────────

  @handler
  private def expire(id: Long): Unit can Write & Emit =
    if proposals.contains(id) then {
      proposals = proposals.removed(id)
      emit(Log.Expired(id))
    }

  @handler
  private def paid(id: Long, to: Address, amount: Amount): Unit can Conclude =
    story(Record.Paid(id, to, amount))

  @handler
  private def unpaid(id: Long, to: Address, bounce: Bounce): Unit can Write & Emit = {
    returned = returned + bounce.returned
    emit(Log.PaymentBounced(id, to, bounce.problem))
  }

  // ── helpers ────────────────────────────────────────────────────────────────

  private def requireOwner(): Unit can Read =
    require(owners.contains(msg.sender), Fault.NotOwner)

  private def find(id: Long): Proposal can Read =
    proposals.getOrElse(id, abort(Fault.NoSuchProposal(id)))

  /** Refuses at once what could never be executed. */
  private def check(action: Action): Unit can Read =
    action match {
      case Action.Pay(_, amount)        => require(!amount.isZero, Fault.NothingToPay)
      case Action.AddOwner(who)         => require(!owners.contains(who), Fault.DuplicateOwner)
      case Action.RemoveOwner(who)      => require(owners.contains(who), Fault.NotOwner)
      case Action.ChangeThreshold(to)   => require(to >= 1, Fault.BadThreshold(to))
    }

  /** Stores the proposal, or executes it when enough of today's owners approve. */
  private def decide(id: Long, p: Proposal): Unit can Write & Emit & Send & Conclude =
    if p.approvals.count(a => owners.contains(a)) >= threshold then {
      proposals = proposals.removed(id)
      execute(id, p.action)
    }
    else proposals = proposals.updated(id, p)

  private def execute(id: Long, action: Action): Unit can Write & Emit & Send & Conclude =
    action match {
      case Action.Pay(to, amount) =>
        require(amount <= balance, Fault.NotEnough(balance))
        pay(to, amount)(delivered = paid(id, to, amount), bounced = unpaid(id, to, _))
      case Action.AddOwner(who) =>
        require(owners.size < maxOwners, Fault.BadOwners(owners.size + 1))
        require(!owners.contains(who), Fault.DuplicateOwner)
        owners = owners :+ who
        changed(id)
      case Action.RemoveOwner(who) =>
        require(owners.size > threshold, Fault.BadThreshold(threshold))
        owners = owners.filter(_ != who)
        changed(id)
      case Action.ChangeThreshold(to) =>
        require(to <= owners.size, Fault.BadThreshold(to))
        threshold = to
        changed(id)
    }

  private def changed(id: Long): Unit can Read & Emit & Conclude = {
    emit(Log.RulesChanged(owners, threshold))
    story(Record.RulesChanged(id, owners, threshold))
  }
}

object MultiSig {
  val maxOwners = 20

  enum Action {
    case Pay(to: Address, amount: Amount)
    case AddOwner(who: Address)
    case RemoveOwner(who: Address)
    case ChangeThreshold(to: Int)
  }

  final case class Proposal(action: Action, approvals: List[Address], expires: Instant)

  final case class Rules(owners: List[Address], threshold: Int)

  enum Record extends Story {
    case Paid(id: Long, to: Address, amount: Amount)
    case RulesChanged(id: Long, owners: List[Address], threshold: Int)
  }

  enum Log extends Event {
    case Deposited(by: Address, amount: Amount)
    case Proposed(id: Long, by: Address, action: Action)
    case Approved(id: Long, by: Address)
    case Revoked(id: Long, by: Address)
    case Expired(id: Long)
    case PaymentBounced(id: Long, to: Address, why: Problem)
    case RulesChanged(owners: List[Address], threshold: Int)
  }

  enum Fault extends Problem {
    case NotOwner, DuplicateOwner, NothingToPay
    case BadOwners(count: Int)
    case BadThreshold(threshold: Int)
    case NoSuchProposal(id: Long)
    case AlreadyApproved(id: Long)
    case NotApproved(id: Long)
    case NotEnough(available: Amount)
  }
}
