import fvm.*

final class Log extends Contract:
  private var n: Int = 0

  @entry
  def add(): Unit can Write =
    n = n + 1
    emit(Note.Added(n)) //~ E0501

  @entry
  def silent(): Unit can Read =
    n = n + 1 //~ E0501

  @entry
  def pure(): Int can Pure = n //~ E0501

enum Note extends Event:
  case Added(n: Int)
