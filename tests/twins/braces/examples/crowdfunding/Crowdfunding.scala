package examples

import fvm.*

/** All or nothing: when the goal is reached by the deadline the project is paid, otherwise everybody gets their money
  * back.
  *
  * @param least the smallest pledge
  */
final class Crowdfunding(
    val project: Address,
    val title: String,
    val goal: Amount,
    val least: Amount,
    val deadline: Instant
) extends Contract {

  import Crowdfunding.*

  require(goal > Amount.zero, Fault.NoGoal)
  require(least > Amount.zero && least <= goal, Fault.BadLeast(least))

  private var phase: Phase = Phase.Open
  private var raised: Amount = Amount.zero // what is pledged and not given back
  private var paidOut: Amount = Amount.zero
  private var pledges: Map[Address, Amount] = Map.empty
  private var returned: Map[Address, Amount] = Map.empty // refunds that came back
  private var owed: Amount = Amount.zero // the sum of `returned`

  schedule(deadline)(close())

  invariant(raised - paidOut + owed <= balance)
  invariant(phase == Phase.Open || phase == Phase.Failed || raised >= goal)

  // ── backers ────────────────────────────────────────────────────────────────

  @payable
  def pledge(): Unit can Write & Emit = {
    require(phase == Phase.Open && now < deadline, Fault.WrongPhase(phase))
    require(msg.value >= least, Fault.TooLittle(least))
    pledges = pledges.updated(msg.sender, pledgeOf(msg.sender) + msg.value)
    raised = raised + msg.value
    emit(Log.Pledged(msg.sender, msg.value, raised))
  }.ensuring(_ => raised == old(raised) + msg.value)

  /** Before the deadline a backer may change their mind; after a failure everybody may fetch their pledge. */
  @entry
  def refund(): Unit can Write & Send = {
    require(phase == Phase.Failed || phase == Phase.Open && now < deadline, Fault.WrongPhase(phase))
    val who    = msg.sender
    val amount = pledgeOf(who)
    require(!amount.isZero, Fault.NothingPledged)
    pledges = pledges.removed(who)
    raised = raised - amount
    pay(who, amount)(delivered = (), bounced = refundFailed(who, _))
  }

  /** A refund that bounced waits here for its owner, whatever becomes of the campaign. */
  @entry
  def withdraw(): Unit can Write & Send = {
    val who    = msg.sender
    val amount = owedTo(who)
    require(!amount.isZero, Fault.NothingOwed)
    returned = returned.removed(who)
    owed = owed - amount
    pay(who, amount)(delivered = (), bounced = refundFailed(who, _))
  }

  // ── the project ────────────────────────────────────────────────────────────

  /** Tries a payout again that bounced. */
  @entry
  def collect(): Unit can Write & Send = {
    require(msg.sender == project, Fault.NotProject)
    require(phase == Phase.Uncollected, Fault.WrongPhase(phase))
    payOut()
  }

  // ── views ──────────────────────────────────────────────────────────────────

  @view
  def status: Status can Read = Status(phase, raised, goal, deadline)

  @view
  def pledgeOf(backer: Address): Amount can Read = pledges.getOrElse(backer, Amount.zero)

  @view
  def owedTo(backer: Address): Amount can Read = returned.getOrElse(backer, Amount.zero)

  // ── handlers ───────────────────────────────────────────────────────────────

  @handler
  private def close(): Unit can Write & Send & Conclude =
    if raised >= goal then {
      story(Record.Funded(title, project, raised))
      payOut()
    }
    else {
      phase = Phase.Failed
      story(Record.Failed(title, raised, goal))
    }

  @handler
  private def delivered(): Unit can Write =
    phase = Phase.Paid

  @handler
  private def payoutFailed(bounce: Bounce): Unit can Write & Emit = {
    paidOut = paidOut - bounce.returned
    phase = Phase.Uncollected
    emit(Log.PayoutBounced(project, bounce.problem))
  }

  @handler
  private def refundFailed(backer: Address, bounce: Bounce): Unit can Write & Emit = {
    returned = returned.updated(backer, owedTo(backer) + bounce.returned)
    owed = owed + bounce.returned
    emit(Log.PayoutBounced(backer, bounce.problem))
  }.ensuring(_ => owed == old(owed) + bounce.returned)

  // ── helpers ────────────────────────────────────────────────────────────────

  private def payOut(): Unit can Write & Send = {
    val amount = raised - paidOut
    paidOut = paidOut + amount
    phase = Phase.Paying
    pay(project, amount)(delivered = delivered(), bounced = payoutFailed(_))
  }
}

object Crowdfunding {
  enum Phase {
    case Open, Paying, Paid, Uncollected, Failed
  }

  final case class Status(phase: Phase, raised: Amount, goal: Amount, deadline: Instant)

  enum Record extends Story {
    case Funded(title: String, project: Address, raised: Amount)
    case Failed(title: String, raised: Amount, goal: Amount)
  }

  enum Log extends Event {
    case Pledged(by: Address, amount: Amount, raised: Amount)
    case PayoutBounced(to: Address, why: Problem)
  }

  enum Fault extends Problem {
    case NoGoal, NotProject, NothingPledged, NothingOwed
    case BadLeast(least: Amount)
    case TooLittle(least: Amount)
    case WrongPhase(phase: Phase)
  }
}
