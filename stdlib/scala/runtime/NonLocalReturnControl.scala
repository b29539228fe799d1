/** Leaves a method from inside a function that it made. */
package scala.runtime

import scala.util.control.ControlThrowable

class NonLocalReturnControl[T](val key: AnyRef, val value: T) extends ControlThrowable
