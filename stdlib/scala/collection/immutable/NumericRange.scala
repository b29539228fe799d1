/** `NumericRange`: as `Range`, for `Char`, `Long` and other whole numbers. Nothing is stored. */
package scala.collection.immutable

import scala.math.Integral

/** The numbers from `start` towards `end` by `step`, with or without `end`; `count` of them. */
abstract class NumericRange[T](
    val start: T,
    val end: T,
    val step: T,
    val isInclusive: Boolean,
    count: Int
) extends IndexedSeq[T] {
  /** The number at an index that is in range. */
  protected def number(index: Int): T
  protected def make(start: T, end: T, step: T, isInclusive: Boolean): NumericRange[T]
  protected def back: T
  protected def isByOne: Boolean

  override def length: Int = count
  override def apply(index: Int): T = {
    if (index < 0 || index >= count)
      throw new IndexOutOfBoundsException(index.toString + " is out of bounds (min 0, max " + (count - 1) + ")")
    number(index)
  }
  def by(newStep: T): NumericRange[T] = make(start, end, newStep, isInclusive)
  override def reverse: NumericRange[T] =
    if (count == 0) this else make(number(count - 1), start, back, true)
  override def take(n: Int): NumericRange[T] =
    if (n <= 0 || count == 0) make(start, start, step, false)
    else if (n >= count) this
    else make(start, number(n - 1), step, true)
  override def drop(n: Int): NumericRange[T] =
    if (n <= 0 || count == 0) this
    else if (n >= count) make(end, end, step, false)
    else make(number(n), end, step, isInclusive)
  override def toString: String =
    (if (count == 0) "empty " else "") + "NumericRange " + start + (if (isInclusive) " to " else " until ") + end +
      (if (isByOne) "" else " by " + step)
}

/** Of any whole numbers. */
final class IntegralRange[T](start: T, end: T, step: T, isInclusive: Boolean, numbers: Integral[T])
    extends NumericRange[T](start, end, step, isInclusive, NumericRange.count[T](start, end, step, isInclusive, numbers)) {
  protected def number(index: Int): T = numbers.plus(start, numbers.times(numbers.fromInt(index), step))
  protected def make(start: T, end: T, step: T, isInclusive: Boolean): NumericRange[T] =
    new IntegralRange[T](start, end, step, isInclusive, numbers)
  protected def back: T = numbers.negate(step)
  protected def isByOne: Boolean = numbers.equiv(step, numbers.one)
}

/** Of `Long`s, whose loops need no boxes. */
final class LongRange(start: Long, end: Long, step: Long, isInclusive: Boolean)
    extends NumericRange[Long](start, end, step, isInclusive, LongRange.count(start, end, step, isInclusive)) {
  protected def number(index: Int): Long = start + index * step
  protected def make(start: Long, end: Long, step: Long, isInclusive: Boolean): NumericRange[Long] =
    new LongRange(start, end, step, isInclusive)
  protected def back: Long = -step
  protected def isByOne: Boolean = step == 1L
  override def foreach[U](f: Long => U): Unit = {
    val n = length
    var i = 0
    var at = start
    while (i < n) {
      f(at)
      at += step
      i += 1
    }
  }
}

object LongRange {
  /** How many; unsigned, because the gap can be wider than the largest `Long`. */
  def count(start: Long, end: Long, step: Long, isInclusive: Boolean): Int =
    if (step > 0L) {
      if (start > end || start == end && !isInclusive) 0 else elements(end - start, step, isInclusive)
    } else if (step < 0L) {
      if (start < end || start == end && !isInclusive) 0 else elements(start - end, -step, isInclusive)
    } else throw new IllegalArgumentException("step cannot be 0.")

  private def elements(gap: Long, step: Long, isInclusive: Boolean): Int = {
    val whole = if (step == 1L) gap else java.lang.Long.divideUnsigned(gap, step)
    val n = if (isInclusive || whole * step != gap) whole + 1L else whole
    if (n < 0L || n > 2147483647L)
      throw new IllegalArgumentException("More than Int.MaxValue elements.")
    n.toInt
  }
}

object NumericRange {
  def apply[T](start: T, end: T, step: T)(implicit numbers: Integral[T]): NumericRange[T] =
    new IntegralRange[T](start, end, step, false, numbers)
  def inclusive[T](start: T, end: T, step: T)(implicit numbers: Integral[T]): NumericRange[T] =
    new IntegralRange[T](start, end, step, true, numbers)

  def count[T](start: T, end: T, step: T, isInclusive: Boolean, numbers: Integral[T]): Int = {
    if (numbers.equiv(step, numbers.zero)) throw new IllegalArgumentException("step cannot be 0.")
    var n = 0L
    if (if (numbers.gt(step, numbers.zero)) numbers.gt(start, end) else numbers.lt(start, end)) n = 0L
    else {
      val gap = numbers.minus(end, start)
      val whole = numbers.quot(gap, step)
      val isExact = numbers.equiv(numbers.times(whole, step), gap)
      n = numbers.toLong(whole) + (if (isInclusive || !isExact) 1L else 0L)
    }
    if (n > 2147483647L)
      throw new IllegalArgumentException("More than Int.MaxValue elements.")
    n.toInt
  }
}
