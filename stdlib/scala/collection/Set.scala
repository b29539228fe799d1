/** `collection.Set`: what mutable and immutable sets have in common. */
package scala.collection

import fvm.internal.AnyOps
import scala.util.hashing.MurmurHash3

/** Elements of which no two are equal. */
trait Set[A] extends Iterable[A] with Function1[A, Boolean] with Equals {
  def contains(x: A): Boolean
  def canEqual(that: Any): Boolean = true
  def apply(x: A): Boolean = contains(x)
  override protected def className: String = "Set"
  def subsetOf(that: Set[A]): Boolean = size <= that.size && forall((x: A) => that.contains(x))
  override def equals(that: Any): Boolean = that match {
    case other: Set[_] =>
      AnyOps.same(this, other) || size == other.size && subsetOf(other.asInstanceOf[Set[A]])
    case _ => false
  }
  override def hashCode: Int = MurmurHash3.setHash(this)
  override def toString: String = mkString(className + "(", ", ", ")")
}

object Set {
  def empty[A]: Set[A] = scala.collection.immutable.Set.empty[A]
  def apply[A](elements: A*): Set[A] = scala.collection.immutable.Set.from[A](elements)
  def from[A](elements: IterableOnce[A]): Set[A] = scala.collection.immutable.Set.from[A](elements)
}
