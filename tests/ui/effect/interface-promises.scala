import fvm.*

trait Purse extends Contract:
  @entry
  def set(n: Int): Unit can Write

final class Noisy extends Purse:
  private var n: Int = 0

  @entry
  def set(k: Int): Unit can Write & Emit =
    n = k
    emit(Note.Set(k)) //~ E0504

enum Note extends Event:
  case Set(n: Int)
