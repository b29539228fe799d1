import fvm.*

final class Purse(val owner: Address) extends Contract:
  @entry
  def use(): Unit can Pure = ()

final class Asker(val purse: Ref[Purse]) extends Contract:
  @entry
  def f(): Unit can Send =
    purse.send(_.owner)(bounced = ignored(_)) //~ E0603

  @entry
  def g(): Unit can Send =
    purse.send(_.toString)(bounced = ignored(_)) //~ E0603

  @handler
  private def ignored(bounce: Bounce): Unit can Pure = ()
