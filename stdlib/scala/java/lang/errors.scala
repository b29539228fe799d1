/** The errors of `java.lang`: what a program does not usually handle. */
package java.lang

import fvm.internal.AnyOps

/** A failure that a program does not usually handle. */
class Error(message: String, cause: Throwable) extends Throwable(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** Parts that do not fit together. */
class LinkageError(message: String, cause: Throwable) extends Error(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** A failure while an object was initialised. */
class ExceptionInInitializerError(message: String) extends LinkageError(message) {
  def this() = this(null)
}

/** A failure of the machine. */
class VirtualMachineError(message: String, cause: Throwable) extends Error(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** Calls nested too deeply. */
class StackOverflowError(message: String) extends VirtualMachineError(message) {
  def this() = this(null)
}

/** No memory left. */
class OutOfMemoryError(message: String) extends VirtualMachineError(message) {
  def this() = this(null)
}

/** An assertion that does not hold. */
class AssertionError(message: String, cause: Throwable) extends Error(message, cause) {
  def this(message: scala.Any) = this(AnyOps.text(message), null)
  def this() = this(null, null)
}

/** A method without code. */
class AbstractMethodError(message: String) extends LinkageError(message) {
  def this() = this(null)
}

/** A failure of the machine. */
class InternalError(message: String) extends VirtualMachineError(message) {
  def this() = this(null)
}
