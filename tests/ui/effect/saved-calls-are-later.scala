// What a handler does is not done by who saves the call.
import fvm.*

final class Later extends Contract:
  private var n: Int = 0

  @entry
  def start(): Unit can Read & Schedule =
    schedule(now + 1.hours)(tick())

  @handler
  private def tick(): Unit can Write & Emit =
    n = n + 1
    emit(Note.Seen())

enum Note extends Event:
  case Seen()
