/** Interfaces of `java.lang`. Strings and numbers do not extend them: a value of these types is an object. */
package java.lang

/** Something that has an order. */
trait Comparable[T] {
  /** Negative, zero or positive. */
  def compareTo(that: T): scala.Int
}

/** Something that reads like a text. */
trait CharSequence {
  def length: scala.Int
  def charAt(index: scala.Int): scala.Char
}

/** Something that can be run. */
trait Runnable {
  def run(): scala.Unit
}

/** Something that must be closed after use. */
trait AutoCloseable {
  def close(): scala.Unit
}
