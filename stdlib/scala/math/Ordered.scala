/** `Ordered`: a class with an order of its own. */
package scala.math

trait Ordered[A] extends Comparable[A] {
  /** Negative, zero or positive as this comes before, with or after `that`. */
  def compare(that: A): Int
  def <(that: A): Boolean = compare(that) < 0
  def >(that: A): Boolean = compare(that) > 0
  def <=(that: A): Boolean = compare(that) <= 0
  def >=(that: A): Boolean = compare(that) >= 0
  override def compareTo(that: A): Int = compare(that)
}

/** Values with an `Ordering`, compared by operators. */
object Ordered {
  implicit def orderingToOrdered[T](value: T)(implicit ordering: Ordering[T]): Ordered[T] = new Ordered[T] {
    def compare(that: T): Int = ordering.compare(value, that)
  }
}

/** A number that is an object. */
abstract class ScalaNumber extends java.lang.Number
