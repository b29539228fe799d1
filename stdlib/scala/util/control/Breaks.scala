/** Leaving a loop from inside. */
package scala.util.control

/** What `break` throws. */
final class BreakControl extends RuntimeException

class Breaks {
  private val control: BreakControl = new BreakControl()

  /** Runs `body` until it breaks. */
  def breakable(body: => Unit): Unit =
    try body
    catch {
      case thrown: BreakControl => if (!fvm.internal.AnyOps.same(thrown, control)) throw thrown
    }
  def break(): Nothing = throw control

  /** A body that may break, with what then takes its place. */
  sealed trait TryBlock[T] {
    def catchBreak(onBreak: => T): T
  }
  def tryBreakable[T](op: => T): TryBlock[T] = new TryBlock[T] {
    def catchBreak(onBreak: => T): T =
      try op
      catch {
        case thrown: BreakControl => if (fvm.internal.AnyOps.same(thrown, control)) onBreak else throw thrown
      }
  }
}

/** The breaks that an import brings. */
object Breaks extends Breaks
