import fvm.*

trait Oracle extends Contract:
  @entry def quote(of: Long): Int can Write

final class Account(val owner: Address, val oracle: Ref[Oracle]) extends Contract:
  private var balance_ : Long = 0
  private var limits: Map[Address, Long] = Map.empty
  private var frozen: Boolean = false

  @entry
  def deposit(n: Int): Unit can Write =
    balance_ = balance_ + n

  @entry
  def limit(to: Address, n: Long): Unit can Write =
    limits = limits.updated(to, n)

  @entry
  def freeze(): Unit can Write =
    frozen = true

  // The answer overwrites what was deposited in between.
  @entry
  def spend(n: Int): Unit can Read & Send =
    val next = balance_ - n
    oracle.ask(_.quote(n))(reply = store(next, _), bounced = failed(_)) //~ W0607

  @handler
  private def store(next: Long, price: Int): Unit can Write =
    val changed = next - price
    balance_ = changed

  // Through a helper, and key by key.
  @entry
  def raise(to: Address, n: Int): Unit can Read & Send =
    val raised = limits.getOrElse(to, 0L) + n
    oracle.ask(_.quote(n))(reply = later(to, raised, _), bounced = failed(_)) //~ W0607

  @handler
  private def later(to: Address, raised: Long, price: Int): Unit can Write =
    put(to, raised)

  private def put(to: Address, value: Long): Unit =
    limits = limits.updated(to, value)

  // A decision by what was true before.
  @entry
  def thaw(): Unit can Read & Send =
    val was = frozen
    oracle.ask(_.quote(0))(reply = decide(was, _), bounced = failed(_)) //~ W0607

  @handler
  private def decide(was: Boolean, price: Int): Unit can Write =
    if was then frozen = false

  // Fine: the handler adds to what is there then.
  @entry
  def refund(n: Int): Unit can Write & Send =
    val taken = balance_
    balance_ = 0
    oracle.ask(_.quote(taken))(reply = ignore(_), bounced = giveBack(taken, _))

  @handler
  private def giveBack(taken: Long, bounce: Bounce): Unit can Write =
    balance_ = Math.addExact(balance_, taken)

  @handler
  private def ignore(price: Int): Unit can Pure = ()

  @handler
  private def failed(bounce: Bounce): Unit can Pure = ()
