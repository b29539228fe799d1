import fvm.*

trait Purse extends Contract:
  @entry
  def set(n: Int): Int
  @payable
  def fill(): Unit
  @view
  def content: Int

final class Asker(val purse: Ref[Purse], val plain: Int) extends Contract:
  private var last: Int = 0

  @entry
  def good(): Unit can Send =
    purse.ask(_.set(1 + 2))(reply = answered(_), bounced = ignored(_))
    purse.ask(_.content)(reply = answered(_), bounced = ignored(_))
    purse.send(_.set(3))(bounced = ignored(_))

  @entry
  def twoCalls(): Unit can Send =
    purse.ask(p => p.set(1) + p.set(2))(reply = answered(_), bounced = ignored(_)) //~ E0601

  @entry
  def asksTheReceiver(): Unit can Send =
    purse.ask(p => p.set(p.content))(reply = answered(_), bounced = ignored(_)) //~ E0601

  @entry
  def noCall(): Unit can Send =
    purse.ask(p => 1)(reply = answered(_), bounced = ignored(_)) //~ E0601

  @handler
  private def answered(n: Int): Unit can Write = last = n

  @handler
  private def ignored(bounce: Bounce): Unit can Pure = ()
