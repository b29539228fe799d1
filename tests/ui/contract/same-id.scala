// What the wire could not tell apart.
import fvm.{Address as _, *}

final case class Address(street: String) //~ E0909

final case class Moved(to: Int) extends Event
case object Moved extends Event //~ E0909

trait Desk extends Contract:
  @entry def describeRight(n: Int): Unit can Pure
  @entry def wireBook(n: Int): Unit can Pure //~ E0909

final class Chance extends Contract:
  private var last = 0

  @entry
  def describeRight(n: Int): Unit can Write = last = n

  @entry
  def wireBook(page: Int): Unit can Write = last = page //~ E0909

  // Other types, another id.
  @entry
  def wireBook(page: Long): Unit can Write = last = page.toInt

final class Names extends Contract:
  private var count = 0

  @view
  def know(who: fvm.Address): Boolean can Read = count > 0

  @view
  def know(who: Address): Boolean can Read = count > 1 //~ E0909

final class Moves extends Contract:
  @entry
  def move(n: Int): Unit can Emit =
    emit(Moved(n))
    emit(Moved)
