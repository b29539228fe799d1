/** Failures of the Scala language. */
package scala

import fvm.internal.AnyOps

/** `???` was evaluated. */
final class NotImplementedError(message: String) extends Error(message) {
  def this() = this("an implementation is missing")
}

/** No case of a match took the value. */
final class MatchError(value: Any) extends RuntimeException {
  override def getMessage: String =
    if (AnyOps.isNull(value)) "null" else AnyOps.text(value) + " (of class " + MatchError.className(value) + ")"
}

object MatchError {
  /** The class of a value as the Java machine names it. */
  def className(value: Any): String = value match {
    case _: Int => "java.lang.Integer"
    case _: Char => "java.lang.Character"
    case _: Long => "java.lang.Long"
    case _: Boolean => "java.lang.Boolean"
    case _: Byte => "java.lang.Byte"
    case _: Short => "java.lang.Short"
    case _: Double => "java.lang.Double"
    case _: Float => "java.lang.Float"
    case _: String => "java.lang.String"
    case _: Unit => "scala.runtime.BoxedUnit"
    case _ => AnyOps.className(value)
  }
}

/** An implicit argument that is always there. */
final class DummyImplicit

object DummyImplicit {
  given dummyImplicit: DummyImplicit = new DummyImplicit()
}

/** A field was read before its initialisation. */
final class UninitializedFieldError(message: String) extends RuntimeException(message)
