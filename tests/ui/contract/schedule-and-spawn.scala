import fvm.*

final class Child(val parent: Address) extends Contract:
  @payable
  def fill(): Unit can Pure = ()

final class Parent extends Contract:
  private var ticks: Int   = 0
  private var lost: Amount = Amount.zero

  @entry
  def start(): Unit can Read & Schedule =
    schedule(now + 1.hours)(tick(1))

  @payable
  def grow(): Unit can Read & Send =
    spawn(msg.value)(Child(self))(bounced = back(_))

  @payable
  def wrong(child: Child): Unit can Send = //~ E0801
    spawn(msg.value)(child)(bounced = back(_)) //~ E0601

  @handler
  private def tick(n: Int): Unit can Write = ticks = ticks + n

  @handler
  private def back(bounce: Bounce): Unit can Write = lost = lost + bounce.returned
