/** `NumericRange`: as `Range`, for `Char`, `Long` and other whole numbers. Nothing is stored. */
package scala.collection.immutable

import scala.math.Integral

/** The numbers from `start` towards `end` by `step`, with or without `end`. */
final class NumericRange[T](val start: T, val end: T, val step: T, val isInclusive: Boolean, numbers: Integral[T])
    extends IndexedSeq[T] {
  if (numbers.equiv(step, numbers.zero)) throw new IllegalArgumentException("step cannot be 0.")

  private val isRising: Boolean = numbers.gt(step, numbers.zero)
  private val count: Int = {
    var n = 0L
    if (if (isRising) numbers.gt(start, end) else numbers.lt(start, end)) n = 0L
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

  override def length: Int = count
  override def apply(index: Int): T = {
    if (index < 0 || index >= count)
      throw new IndexOutOfBoundsException(index.toString + " is out of bounds (min 0, max " + (count - 1) + ")")
    numbers.plus(start, numbers.times(numbers.fromInt(index), step))
  }
  def by(newStep: T): NumericRange[T] = new NumericRange[T](start, end, newStep, isInclusive, numbers)
  override def reverse: NumericRange[T] =
    if (count == 0) this
    else new NumericRange[T](apply(count - 1), start, numbers.negate(step), true, numbers)
  override def take(n: Int): NumericRange[T] =
    if (n <= 0 || count == 0) new NumericRange[T](start, start, step, false, numbers)
    else if (n >= count) this
    else new NumericRange[T](start, apply(n - 1), step, true, numbers)
  override def drop(n: Int): NumericRange[T] =
    if (n <= 0 || count == 0) this
    else if (n >= count) new NumericRange[T](end, end, step, false, numbers)
    else new NumericRange[T](apply(n), end, step, isInclusive, numbers)
  override def toString: String =
    (if (count == 0) "empty " else "") + "NumericRange " + start + (if (isInclusive) " to " else " until ") + end +
      (if (numbers.equiv(step, numbers.one)) "" else " by " + step)
}

object NumericRange {
  def apply[T](start: T, end: T, step: T)(implicit numbers: Integral[T]): NumericRange[T] =
    new NumericRange[T](start, end, step, false, numbers)
  def inclusive[T](start: T, end: T, step: T)(implicit numbers: Integral[T]): NumericRange[T] =
    new NumericRange[T](start, end, step, true, numbers)
}
