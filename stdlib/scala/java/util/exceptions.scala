/** The exceptions of `java.util`. */
package java.util

/** There is no such element. */
class NoSuchElementException(message: String, cause: Throwable) extends RuntimeException(message, cause) {
  def this(message: String) = this(message, null)
  def this() = this(null, null)
}

/** A collection was changed while it was gone through. */
class ConcurrentModificationException(message: String, cause: Throwable) extends RuntimeException(message, cause) {
  def this(message: String) = this(message, null)
  def this() = this(null, null)
}

/** A pattern with a format that does not fit its value. */
class IllegalFormatException(message: String) extends IllegalArgumentException(message)
class IllegalFormatConversionException(message: String) extends IllegalFormatException(message)
class MissingFormatArgumentException(message: String) extends IllegalFormatException(message)
class UnknownFormatConversionException(message: String) extends IllegalFormatException(message)
