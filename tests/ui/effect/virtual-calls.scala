// A call on a trait may be a call of any class of it.
import fvm.*

trait Step:
  def act(sink: Int): Int

final class Quiet extends Step:
  def act(sink: Int): Int = sink

final class Machine extends Contract:
  private var n: Int = 0

  private def step(loud: Boolean): Step =
    if loud then
      new Step:
        def act(sink: Int): Int =
          n = n + 1
          sink
    else Quiet()

  @entry
  def run(loud: Boolean): Int can Pure =
    step(loud).act(1) //~ E0501
