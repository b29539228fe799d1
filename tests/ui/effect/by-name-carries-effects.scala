import fvm.*

final class Named extends Contract:
  private var n: Int = 0

  private def twice(body: => Unit): Unit can Pure =
    body
    body

  @entry
  def bad(): Unit can Pure =
    twice(emit(Note.Seen())) //~ E0501

  @entry
  def orElse(o: Option[Int]): Int can Pure =
    o.getOrElse(n) //~ E0501

enum Note extends Event:
  case Seen()
