/** What every program sees without an import. */
package scala

import fvm.internal.intrinsic
import fvm.internal.AnyOps
import scala.collection.immutable.{ArraySeq, WrappedString}

object Predef {
  @intrinsic("host.print") private def printText(text: String): Unit

  /** Prints a line. */
  def println(x: Any): Unit = printText(AnyOps.text(x) + "\n")
  def println(): Unit = printText("\n")
  /** Prints without a line end. */
  def print(x: Any): Unit = printText(AnyOps.text(x))

  /** Prints the pattern with the values in the places of its formats. */
  def printf(text: String, values: Any*): Unit = print(fvm.internal.Formatter.format(text, values))

  /** Fails with an `AssertionError` unless the condition holds. */
  def assert(condition: Boolean): Unit =
    if (!condition) throw new AssertionError("assertion failed")
  def assert(condition: Boolean, message: => Any): Unit =
    if (!condition) throw new AssertionError("assertion failed: " + message)

  /** As `assert`: something that is believed to hold. */
  def assume(condition: Boolean): Unit =
    if (!condition) throw new AssertionError("assumption failed")
  def assume(condition: Boolean, message: => Any): Unit =
    if (!condition) throw new AssertionError("assumption failed: " + message)

  /** Fails with an `IllegalArgumentException` unless the condition holds. */
  def require(condition: Boolean): Unit =
    if (!condition) throw new IllegalArgumentException("requirement failed")
  def require(condition: Boolean, message: => Any): Unit =
    if (!condition) throw new IllegalArgumentException("requirement failed: " + message)

  /** Stands for code that is not written yet. */
  def ??? : Nothing = throw new NotImplementedError()

  /** Its argument. */
  def identity[A](x: A): A = x

  /** The given value of a type. */
  def summon[T](using x: T): T = x
  /** The given value of a type. */
  def implicitly[T](implicit x: T): T = x

  /** A block on its own. */
  def locally[T](x: T): T = x

  extension [A](self: A) {
    /** The value; a pattern for it may fail when the program runs. */
    def runtimeChecked: A = self
  }

  extension [A](self: A) {
    /** A pair. */
    def ->[B](that: B): (A, B) = (self, that)
  }

  extension [A](self: A) {
    /** The value, after a check of it. */
    def ensuring(condition: A => Boolean): A = {
      assert(condition(self))
      self
    }
    def ensuring(condition: A => Boolean, message: => Any): A = {
      assert(condition(self), message)
      self
    }
  }

  def augmentString(text: String): scala.collection.StringOps = new scala.collection.StringOps(text)
  def wrapIntArray(array: Array[Int]): ArraySeq[Int] = wrapArray[Int](array)

  /** A string as a sequence of its UTF-16 units. */
  def wrapString(text: String): WrappedString = new WrappedString(text)

  /** An array as a sequence that does not see what happens to the array later. */
  def copyArrayToImmutableIndexedSeq[T](array: Array[T]): ArraySeq[T] =
    if (array == null) null else ArraySeq.unsafeWrapArray[T](array.clone())

  /** An array as a sequence that shares its elements; no array stays none. */
  def wrapArray[T](array: Array[T]): ArraySeq[T] =
    if (array == null) null else ArraySeq.unsafeWrapArray[T](array)
}
