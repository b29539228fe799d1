/** Functions that are defined for some arguments only: `{ case … => … }` where a `PartialFunction` is expected. */
package scala

import fvm.internal.Fallback

/** A function that tells for which arguments it is defined. */
trait PartialFunction[-A, +B] extends Function1[A, B] {
  def isDefinedAt(x: A): Boolean

  /** This function where it is defined, otherwise `default`. */
  def applyOrElse[A1 <: A, B1 >: B](x: A1, default: A1 => B1): B1 =
    if (isDefinedAt(x)) apply(x) else default(x)

  /** This function where it is defined, otherwise `that`. */
  def orElse[A1 <: A, B1 >: B](that: PartialFunction[A1, B1]): PartialFunction[A1, B1] =
    new PartialFunction.OrElse[A1, B1](this, that)

  /** `after` after this function, defined where this one is. */
  override def andThen[C](after: B => C): PartialFunction[A, C] = new PartialFunction.AndThen[A, B, C](this, after)

  /** The result as an option, `None` where the function is not defined. */
  def lift: A => Option[B] = (x: A) => {
    val result = applyOrElse[A, Any](x, Fallback.function)
    if (Fallback.isMissing(result)) None else Some[B](result.asInstanceOf[B])
  }

  /** Runs `action` on the result where the function is defined; tells whether it is. */
  def runWith[U](action: B => U): A => Boolean = (x: A) => {
    val result = applyOrElse[A, Any](x, Fallback.function)
    if (Fallback.isMissing(result)) false
    else {
      action(result.asInstanceOf[B])
      true
    }
  }
}

object PartialFunction {
  /** The function that is defined nowhere. */
  def empty[A, B]: PartialFunction[A, B] = new Empty[A, B]()

  /** `f`, defined everywhere. */
  def fromFunction[A, B](f: A => B): PartialFunction[A, B] = new Total[A, B](f)

  /** Whether the function is defined at `x` and gives true. */
  def cond[A](x: A)(f: PartialFunction[A, Boolean]): Boolean =
    f.applyOrElse[A, Boolean](x, (x: A) => false)

  /** The result as an option. */
  def condOpt[A, B](x: A)(f: PartialFunction[A, B]): Option[B] = f.lift(x)

  final class Empty[A, B] extends PartialFunction[A, B] {
    def isDefinedAt(x: A): Boolean = false
    def apply(x: A): B = throw new MatchError(x)
  }

  final class Total[A, B](f: A => B) extends PartialFunction[A, B] {
    def isDefinedAt(x: A): Boolean = true
    def apply(x: A): B = f(x)
  }

  final class OrElse[A, B](first: PartialFunction[A, B], second: PartialFunction[A, B]) extends PartialFunction[A, B] {
    def isDefinedAt(x: A): Boolean = first.isDefinedAt(x) || second.isDefinedAt(x)
    def apply(x: A): B = first.applyOrElse[A, B](x, second)
    override def applyOrElse[A1 <: A, B1 >: B](x: A1, default: A1 => B1): B1 = {
      val result = first.applyOrElse[A1, Any](x, Fallback.function)
      if (Fallback.isMissing(result)) second.applyOrElse[A1, B1](x, default) else result.asInstanceOf[B1]
    }
  }

  final class AndThen[A, B, C](first: PartialFunction[A, B], after: B => C) extends PartialFunction[A, C] {
    def isDefinedAt(x: A): Boolean = first.isDefinedAt(x)
    def apply(x: A): C = after(first(x))
    override def applyOrElse[A1 <: A, C1 >: C](x: A1, default: A1 => C1): C1 = {
      val result = first.applyOrElse[A1, Any](x, Fallback.function)
      if (Fallback.isMissing(result)) default(x) else after(result.asInstanceOf[B])
    }
  }
}
