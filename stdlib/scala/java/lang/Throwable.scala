/** What `throw` takes: the exceptions and errors of `java.lang`. There are no stack traces. */
package java.lang

import fvm.internal.AnyOps
import scala.{Boolean, Int, Any, Array, Unit}

/** The root of everything that can be thrown. */
class Throwable(message: String, cause: Throwable) {
  private var givenCause: Throwable = cause
  // Null as long as there are none: an exception is made more often than one is added.
  private var others: scala.collection.immutable.List[Throwable] = null

  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)

  /** The text it was made with; null if there is none. */
  def getMessage: String = message
  def getLocalizedMessage: String = getMessage
  /** The exception behind this one; null if there is none. */
  def getCause: Throwable = givenCause
  def initCause(cause: Throwable): Throwable = {
    givenCause = cause
    this
  }
  private def suppressed: scala.collection.immutable.List[Throwable] =
    if (AnyOps.isNull(others)) scala.collection.immutable.Nil else others
  def addSuppressed(other: Throwable): Unit = others = suppressed :+ other
  def getSuppressed: Array[Throwable] = suppressed.toArray[Throwable]
  def fillInStackTrace(): Throwable = this

  /** The class name, and the message if there is one. */
  override def toString: String = {
    val text = getLocalizedMessage
    if (AnyOps.isNull(text)) AnyOps.className(this) else AnyOps.className(this) + ": " + text
  }
}
