/** What the compiler makes of a `return` inside a function value: an exception that the method around it catches. */
package fvm.internal

import scala.runtime.NonLocalReturnControl

object Returns {
  /** What tells one call of a method from the others. */
  def key(): AnyRef = new Object
  /** Leaves the call that made this key. */
  def leave(key: AnyRef, value: Any): Nothing = throw new NonLocalReturnControl[Any](key, value)
  /** The value that the call with this key is left with; what belongs to others goes on. */
  def caught(thrown: Throwable, key: AnyRef): Any = thrown match {
    case control: NonLocalReturnControl[?] if control.key eq key => control.value
    case _ => throw thrown
  }
}

/** What `new Object` makes. */
final class PlainObject
