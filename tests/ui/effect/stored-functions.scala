// A function that is kept counts where it may be called.
import fvm.*

final class Actions extends Contract:
  private var n: Int = 0

  private def all: List[() => Unit] = List(() => n = n + 1, () => ())

  @entry
  def run(): Unit can Read =
    all.foreach(f => f()) //~ E0501
