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
