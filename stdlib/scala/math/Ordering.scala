/** Orders as values: how `sorted`, `max`, `sortBy` … compare. Every comparison takes constant time unless it compares
  * texts or collections.
  */
package scala.math

import scala.collection.Iterable
import scala.collection.immutable.Seq

/** A comparison that may not know. */
trait PartialOrdering[T] {
  def tryCompare(x: T, y: T): Option[Int]
  def lteq(x: T, y: T): Boolean
}

/** When two values count as equal. */
trait Equiv[T] {
  def equiv(x: T, y: T): Boolean
}

object Equiv {
  def fromFunction[T](f: (T, T) => Boolean): Equiv[T] = new FunctionEquiv[T](f)
  final class FunctionEquiv[T](f: (T, T) => Boolean) extends Equiv[T] {
    def equiv(x: T, y: T): Boolean = f(x, y)
  }
}

/** A total order. */
trait Ordering[T] extends Equiv[T] {
  /** Negative, zero or positive as `x` comes before, with or after `y`. */
  def compare(x: T, y: T): Int
  /** Whether it is the usual order of whole numbers, which ranges know. */
  def isNatural: Boolean = false

  def lt(x: T, y: T): Boolean = compare(x, y) < 0
  def lteq(x: T, y: T): Boolean = compare(x, y) <= 0
  def gt(x: T, y: T): Boolean = compare(x, y) > 0
  def gteq(x: T, y: T): Boolean = compare(x, y) >= 0
  override def equiv(x: T, y: T): Boolean = compare(x, y) == 0
  def max[U <: T](x: U, y: U): U = if (gteq(x, y)) x else y
  def min[U <: T](x: U, y: U): U = if (lteq(x, y)) x else y
  def reverse: Ordering[T] = new ReverseOrdering[T](this)
  def on[U](f: U => T): Ordering[U] = new OrderingOn[U, T](f, this)
  def orElse(other: Ordering[T]): Ordering[T] = new OrderingOrElse[T](this, other)
  def orElseBy[S](f: T => S)(implicit ordering: Ordering[S]): Ordering[T] =
    new OrderingOrElse[T](this, new OrderingOn[T, S](f, ordering))
  def toOrderingOps(x: T): OrderingOps[T] = new OrderingOps[T](x, this)
}

/** A value with the operators of its order. */
final class OrderingOps[T](left: T, ordering: Ordering[T]) {
  def <(right: T): Boolean = ordering.lt(left, right)
  def <=(right: T): Boolean = ordering.lteq(left, right)
  def >(right: T): Boolean = ordering.gt(left, right)
  def >=(right: T): Boolean = ordering.gteq(left, right)
  def equiv(right: T): Boolean = ordering.equiv(left, right)
  def max(right: T): T = ordering.max[T](left, right)
  def min(right: T): T = ordering.min[T](left, right)
}

final class ReverseOrdering[T](ordering: Ordering[T]) extends Ordering[T] {
  def compare(x: T, y: T): Int = ordering.compare(y, x)
  override def reverse: Ordering[T] = ordering
}

final class OrderingOn[U, T](f: U => T, ordering: Ordering[T]) extends Ordering[U] {
  def compare(x: U, y: U): Int = ordering.compare(f(x), f(y))
}

final class OrderingOrElse[T](first: Ordering[T], second: Ordering[T]) extends Ordering[T] {
  def compare(x: T, y: T): Int = {
    val order = first.compare(x, y)
    if (order != 0) order else second.compare(x, y)
  }
}

final class LessThanOrdering[T](before: (T, T) => Boolean) extends Ordering[T] {
  def compare(x: T, y: T): Int = if (before(x, y)) -1 else if (before(y, x)) 1 else 0
  override def lt(x: T, y: T): Boolean = before(x, y)
  override def gt(x: T, y: T): Boolean = before(y, x)
  override def gteq(x: T, y: T): Boolean = !before(x, y)
  override def lteq(x: T, y: T): Boolean = !before(y, x)
}

final class OptionOrdering[T](ordering: Ordering[T]) extends Ordering[Option[T]] {
  def compare(x: Option[T], y: Option[T]): Int =
    if (x.isEmpty) { if (y.isEmpty) 0 else -1 }
    else if (y.isEmpty) 1
    else ordering.compare(x.get, y.get)
}

/** Element by element, a shorter one first. */
final class IterableOrdering[T](ordering: Ordering[T]) extends Ordering[Iterable[T]] {
  def compare(x: Iterable[T], y: Iterable[T]): Int = {
    val a = x.iterator
    val b = y.iterator
    var order = 0
    while (order == 0 && a.hasNext && b.hasNext) order = ordering.compare(a.next(), b.next())
    if (order != 0) order else if (a.hasNext) 1 else if (b.hasNext) -1 else 0
  }
}

/** As `IterableOrdering`, for sequences. */
final class SeqOrdering[T](ordering: Ordering[T]) extends Ordering[Seq[T]] {
  private val elements: IterableOrdering[T] = new IterableOrdering[T](ordering)
  def compare(x: Seq[T], y: Seq[T]): Int = elements.compare(x, y)
}

final class ListOrdering[T](ordering: Ordering[T]) extends Ordering[List[T]] {
  private val elements: IterableOrdering[T] = new IterableOrdering[T](ordering)
  def compare(x: List[T], y: List[T]): Int = elements.compare(x, y)
}

final class VectorOrdering[T](ordering: Ordering[T]) extends Ordering[Vector[T]] {
  private val elements: IterableOrdering[T] = new IterableOrdering[T](ordering)
  def compare(x: Vector[T], y: Vector[T]): Int = elements.compare(x, y)
}

/** The order that a class brings along. */
final class ComparableOrdering[T](comparable: T => Comparable[? >: T]) extends Ordering[T] {
  def compare(x: T, y: T): Int = comparable(x).compareTo(y)
}

/** Element by element. */
final class Tuple2Ordering[T1, T2](o1: Ordering[T1], o2: Ordering[T2]) extends Ordering[(T1, T2)] {
  def compare(x: (T1, T2), y: (T1, T2)): Int = {
    var order = o1.compare(x._1, y._1)
    if (order == 0) order = o2.compare(x._2, y._2)
    order
  }
}

/** Element by element. */
final class Tuple3Ordering[T1, T2, T3](o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3]) extends Ordering[(T1, T2, T3)] {
  def compare(x: (T1, T2, T3), y: (T1, T2, T3)): Int = {
    var order = o1.compare(x._1, y._1)
    if (order == 0) order = o2.compare(x._2, y._2)
    if (order == 0) order = o3.compare(x._3, y._3)
    order
  }
}

/** Element by element. */
final class Tuple4Ordering[T1, T2, T3, T4](o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4]) extends Ordering[(T1, T2, T3, T4)] {
  def compare(x: (T1, T2, T3, T4), y: (T1, T2, T3, T4)): Int = {
    var order = o1.compare(x._1, y._1)
    if (order == 0) order = o2.compare(x._2, y._2)
    if (order == 0) order = o3.compare(x._3, y._3)
    if (order == 0) order = o4.compare(x._4, y._4)
    order
  }
}

/** Element by element. */
final class Tuple5Ordering[T1, T2, T3, T4, T5](o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5]) extends Ordering[(T1, T2, T3, T4, T5)] {
  def compare(x: (T1, T2, T3, T4, T5), y: (T1, T2, T3, T4, T5)): Int = {
    var order = o1.compare(x._1, y._1)
    if (order == 0) order = o2.compare(x._2, y._2)
    if (order == 0) order = o3.compare(x._3, y._3)
    if (order == 0) order = o4.compare(x._4, y._4)
    if (order == 0) order = o5.compare(x._5, y._5)
    order
  }
}

/** Element by element. */
final class Tuple6Ordering[T1, T2, T3, T4, T5, T6](o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5], o6: Ordering[T6]) extends Ordering[(T1, T2, T3, T4, T5, T6)] {
  def compare(x: (T1, T2, T3, T4, T5, T6), y: (T1, T2, T3, T4, T5, T6)): Int = {
    var order = o1.compare(x._1, y._1)
    if (order == 0) order = o2.compare(x._2, y._2)
    if (order == 0) order = o3.compare(x._3, y._3)
    if (order == 0) order = o4.compare(x._4, y._4)
    if (order == 0) order = o5.compare(x._5, y._5)
    if (order == 0) order = o6.compare(x._6, y._6)
    order
  }
}

/** Element by element. */
final class Tuple7Ordering[T1, T2, T3, T4, T5, T6, T7](o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5], o6: Ordering[T6], o7: Ordering[T7]) extends Ordering[(T1, T2, T3, T4, T5, T6, T7)] {
  def compare(x: (T1, T2, T3, T4, T5, T6, T7), y: (T1, T2, T3, T4, T5, T6, T7)): Int = {
    var order = o1.compare(x._1, y._1)
    if (order == 0) order = o2.compare(x._2, y._2)
    if (order == 0) order = o3.compare(x._3, y._3)
    if (order == 0) order = o4.compare(x._4, y._4)
    if (order == 0) order = o5.compare(x._5, y._5)
    if (order == 0) order = o6.compare(x._6, y._6)
    if (order == 0) order = o7.compare(x._7, y._7)
    order
  }
}

/** Element by element. */
final class Tuple8Ordering[T1, T2, T3, T4, T5, T6, T7, T8](o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5], o6: Ordering[T6], o7: Ordering[T7], o8: Ordering[T8]) extends Ordering[(T1, T2, T3, T4, T5, T6, T7, T8)] {
  def compare(x: (T1, T2, T3, T4, T5, T6, T7, T8), y: (T1, T2, T3, T4, T5, T6, T7, T8)): Int = {
    var order = o1.compare(x._1, y._1)
    if (order == 0) order = o2.compare(x._2, y._2)
    if (order == 0) order = o3.compare(x._3, y._3)
    if (order == 0) order = o4.compare(x._4, y._4)
    if (order == 0) order = o5.compare(x._5, y._5)
    if (order == 0) order = o6.compare(x._6, y._6)
    if (order == 0) order = o7.compare(x._7, y._7)
    if (order == 0) order = o8.compare(x._8, y._8)
    order
  }
}

/** Element by element. */
final class Tuple9Ordering[T1, T2, T3, T4, T5, T6, T7, T8, T9](o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5], o6: Ordering[T6], o7: Ordering[T7], o8: Ordering[T8], o9: Ordering[T9]) extends Ordering[(T1, T2, T3, T4, T5, T6, T7, T8, T9)] {
  def compare(x: (T1, T2, T3, T4, T5, T6, T7, T8, T9), y: (T1, T2, T3, T4, T5, T6, T7, T8, T9)): Int = {
    var order = o1.compare(x._1, y._1)
    if (order == 0) order = o2.compare(x._2, y._2)
    if (order == 0) order = o3.compare(x._3, y._3)
    if (order == 0) order = o4.compare(x._4, y._4)
    if (order == 0) order = o5.compare(x._5, y._5)
    if (order == 0) order = o6.compare(x._6, y._6)
    if (order == 0) order = o7.compare(x._7, y._7)
    if (order == 0) order = o8.compare(x._8, y._8)
    if (order == 0) order = o9.compare(x._9, y._9)
    order
  }
}

/** Orders that any other one goes before. */
trait LowPriorityOrderings {
  /** The order of values that can be seen as comparable ones. */
  given ordered[T](using comparable: T => Comparable[? >: T]): Ordering[T] = new ComparableOrdering[T](comparable)
}

object Ordering extends LowPriorityOrderings {
  def apply[T](implicit ordering: Ordering[T]): Ordering[T] = ordering
  def by[T, S](f: T => S)(implicit ordering: Ordering[S]): Ordering[T] = new OrderingOn[T, S](f, ordering)
  def fromLessThan[T](before: (T, T) => Boolean): Ordering[T] = new LessThanOrdering[T](before)

  final class IntOrdering extends Ordering[Int] {
    def compare(x: Int, y: Int): Int = if (x < y) -1 else if (x == y) 0 else 1
    override def isNatural: Boolean = true
    override def lt(x: Int, y: Int): Boolean = x < y
    override def gt(x: Int, y: Int): Boolean = x > y
  }
  final class LongOrdering extends Ordering[Long] {
    def compare(x: Long, y: Long): Int = if (x < y) -1 else if (x == y) 0 else 1
  }
  final class ShortOrdering extends Ordering[Short] {
    def compare(x: Short, y: Short): Int = x - y
  }
  final class ByteOrdering extends Ordering[Byte] {
    def compare(x: Byte, y: Byte): Int = x - y
  }
  final class CharOrdering extends Ordering[Char] {
    def compare(x: Char, y: Char): Int = x - y
  }
  final class BooleanOrdering extends Ordering[Boolean] {
    def compare(x: Boolean, y: Boolean): Int = x.compare(y)
  }
  final class StringOrdering extends Ordering[String] {
    def compare(x: String, y: String): Int = x.compareTo(y)
  }
  final class UnitOrdering extends Ordering[Unit] {
    def compare(x: Unit, y: Unit): Int = 0
  }
  final class BigIntOrdering extends Ordering[BigInt] {
    def compare(x: BigInt, y: BigInt): Int = x.compare(y)
  }
  /** Java's total order of doubles. */
  final class DoubleOrdering extends Ordering[Double] {
    def compare(x: Double, y: Double): Int = java.lang.Double.compare(x, y)
  }
  final class FloatOrdering extends Ordering[Float] {
    def compare(x: Float, y: Float): Int = java.lang.Float.compare(x, y)
  }

  given Int: IntOrdering = new IntOrdering()
  given Long: LongOrdering = new LongOrdering()
  given Short: ShortOrdering = new ShortOrdering()
  given Byte: ByteOrdering = new ByteOrdering()
  given Char: CharOrdering = new CharOrdering()
  given Boolean: BooleanOrdering = new BooleanOrdering()
  given String: StringOrdering = new StringOrdering()
  given Unit: UnitOrdering = new UnitOrdering()
  given BigInt: BigIntOrdering = new BigIntOrdering()
  given DeprecatedDoubleOrdering: DoubleOrdering = new DoubleOrdering()
  given DeprecatedFloatOrdering: FloatOrdering = new FloatOrdering()
  /** The orders of floating-point numbers under their own names. */
  object Double {
    given TotalOrdering: DoubleOrdering = new DoubleOrdering()
    given IeeeOrdering: DoubleOrdering = new DoubleOrdering()
  }
  given Option[T](using ordering: Ordering[T]): Ordering[scala.Option[T]] = new OptionOrdering[T](ordering)
  given Iterable[T](using ordering: Ordering[T]): Ordering[scala.collection.Iterable[T]] = new IterableOrdering[T](ordering)

  /** Orders of sequences, which have none without an import. */
  object Implicits {
    given seqOrdering[T](using ordering: Ordering[T]): Ordering[Seq[T]] = new SeqOrdering[T](ordering)
    given listOrdering[T](using ordering: Ordering[T]): Ordering[List[T]] = new ListOrdering[T](ordering)
    given vectorOrdering[T](using ordering: Ordering[T]): Ordering[Vector[T]] = new VectorOrdering[T](ordering)
    extension [T](left: T)(using ordering: Ordering[T]) {
      def <(right: T): Boolean = ordering.lt(left, right)
      def <=(right: T): Boolean = ordering.lteq(left, right)
      def >(right: T): Boolean = ordering.gt(left, right)
      def >=(right: T): Boolean = ordering.gteq(left, right)
      def max(right: T): T = ordering.max[T](left, right)
      def min(right: T): T = ordering.min[T](left, right)
    }
  }

  given Tuple2[T1, T2](using o1: Ordering[T1], o2: Ordering[T2]): Ordering[(T1, T2)] =
    new Tuple2Ordering[T1, T2](o1, o2)
  given Tuple3[T1, T2, T3](using o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3]): Ordering[(T1, T2, T3)] =
    new Tuple3Ordering[T1, T2, T3](o1, o2, o3)
  given Tuple4[T1, T2, T3, T4](using o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4]): Ordering[(T1, T2, T3, T4)] =
    new Tuple4Ordering[T1, T2, T3, T4](o1, o2, o3, o4)
  given Tuple5[T1, T2, T3, T4, T5](using o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5]): Ordering[(T1, T2, T3, T4, T5)] =
    new Tuple5Ordering[T1, T2, T3, T4, T5](o1, o2, o3, o4, o5)
  given Tuple6[T1, T2, T3, T4, T5, T6](using o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5], o6: Ordering[T6]): Ordering[(T1, T2, T3, T4, T5, T6)] =
    new Tuple6Ordering[T1, T2, T3, T4, T5, T6](o1, o2, o3, o4, o5, o6)
  given Tuple7[T1, T2, T3, T4, T5, T6, T7](using o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5], o6: Ordering[T6], o7: Ordering[T7]): Ordering[(T1, T2, T3, T4, T5, T6, T7)] =
    new Tuple7Ordering[T1, T2, T3, T4, T5, T6, T7](o1, o2, o3, o4, o5, o6, o7)
  given Tuple8[T1, T2, T3, T4, T5, T6, T7, T8](using o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5], o6: Ordering[T6], o7: Ordering[T7], o8: Ordering[T8]): Ordering[(T1, T2, T3, T4, T5, T6, T7, T8)] =
    new Tuple8Ordering[T1, T2, T3, T4, T5, T6, T7, T8](o1, o2, o3, o4, o5, o6, o7, o8)
  given Tuple9[T1, T2, T3, T4, T5, T6, T7, T8, T9](using o1: Ordering[T1], o2: Ordering[T2], o3: Ordering[T3], o4: Ordering[T4], o5: Ordering[T5], o6: Ordering[T6], o7: Ordering[T7], o8: Ordering[T8], o9: Ordering[T9]): Ordering[(T1, T2, T3, T4, T5, T6, T7, T8, T9)] =
    new Tuple9Ordering[T1, T2, T3, T4, T5, T6, T7, T8, T9](o1, o2, o3, o4, o5, o6, o7, o8, o9)
}
