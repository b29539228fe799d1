/** The exceptions of `java.lang`. */
package java.lang

import fvm.internal.AnyOps

/** Something that a program may want to handle. */
class Exception(message: String, cause: Throwable) extends Throwable(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** A mistake found while the program runs. */
class RuntimeException(message: String, cause: Throwable) extends Exception(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** An argument that the method does not take. */
class IllegalArgumentException(message: String, cause: Throwable) extends RuntimeException(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** A call at the wrong time. */
class IllegalStateException(message: String, cause: Throwable) extends RuntimeException(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** An operation that this object does not have. */
class UnsupportedOperationException(message: String, cause: Throwable) extends RuntimeException(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** Something that is not allowed. */
class SecurityException(message: String, cause: Throwable) extends RuntimeException(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** A number without a result, such as a division by zero. */
class ArithmeticException(message: String) extends RuntimeException(message) {
  def this() = this(null)
}

/** An index outside a sequence. */
class IndexOutOfBoundsException(message: String) extends RuntimeException(message) {
  def this(index: Int) = this("Index out of range: " + index)
  def this() = this(null)
}

/** An index outside a string. */
class StringIndexOutOfBoundsException(message: String) extends IndexOutOfBoundsException(message) {
  def this(index: Int) = this("String index out of range: " + index)
  def this() = this(null)
}

/** An index outside an array. */
class ArrayIndexOutOfBoundsException(message: String) extends IndexOutOfBoundsException(message) {
  def this(index: Int) = this("Array index out of range: " + index)
  def this() = this(null)
}

/** An array with a negative length. */
class NegativeArraySizeException(message: String) extends RuntimeException(message) {
  def this() = this(null)
}

/** A value in an array of another type. */
class ArrayStoreException(message: String) extends RuntimeException(message) {
  def this() = this(null)
}

/** A value of another class than was said. */
class ClassCastException(message: String) extends RuntimeException(message) {
  def this() = this(null)
}

/** A use of something that is not there. */
class NullPointerException(message: String) extends RuntimeException(message) {
  def this() = this(null)
}

/** A text that is no number. */
class NumberFormatException(message: String) extends IllegalArgumentException(message) {
  def this() = this(null)
}

/** A copy of an object that cannot be copied. */
class CloneNotSupportedException(message: String) extends Exception(message) {
  def this() = this(null)
}

/** A member that cannot be found by name. */
class ReflectiveOperationException(message: String, cause: Throwable) extends Exception(message, cause) {
  def this(message: String) = this(message, null)
  def this(cause: Throwable) = this(if (AnyOps.isNull(cause)) null else cause.toString, cause)
  def this() = this(null, null)
}

/** A wait that was broken off. */
class InterruptedException(message: String) extends Exception(message) {
  def this() = this(null)
}
