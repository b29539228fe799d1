/** Leaving a block from inside with a value. */
package scala.util

import fvm.internal.AnyOps

object boundary {
  /** What `break` throws. */
  final class Break[T](val label: Label[T], val value: T) extends RuntimeException

  /** Which block is left. */
  final class Label[-T]

  def break[T](value: T)(using label: Label[T]): Nothing = throw new Break[T](label, value)
  def break()(using label: Label[Unit]): Nothing = throw new Break[Unit](label, ())

  /** Runs `body`, until it breaks with a value for this block. */
  def apply[T](body: Label[T] ?=> T): T = {
    val label: Label[T] = new Label[T]
    try body(using label)
    catch {
      case thrown: Break[?] => if (AnyOps.same(thrown.label, label)) thrown.value.asInstanceOf[T] else throw thrown
    }
  }
}
