/** `NumericRange`: as `Range`, for `Char`, `Long` and other whole numbers. Nothing is stored. */
package scala.collection.immutable

import scala.math.Integral

/** The numbers from `start` towards `end` by `step`, with or without `end`. A step of 0, and more numbers than an Int
  * counts, are told when the numbers are asked for.
  */
abstract class NumericRange[T](val start: T, val end: T, val step: T, val isInclusive: Boolean)
    extends IndexedSeq[T] {
  private lazy val count: Int = counted

  /** How many numbers there are. */
  protected def counted: Int
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
    if (isEmpty) this else make(number(count - 1), start, back, true)
  override def take(n: Int): NumericRange[T] =
    if (n <= 0 || isEmpty) make(start, start, step, false)
    else if (n >= count) this
    else make(start, number(n - 1), step, true)
  override def drop(n: Int): NumericRange[T] =
    if (n <= 0 || isEmpty) this
    else if (n >= count) make(end, end, step, false)
    else make(number(n), end, step, isInclusive)
  override def toString: String =
    (if (isEmpty) "empty " else "") + "NumericRange " + start + (if (isInclusive) " to " else " until ") + end +
      (if (isByOne) "" else " by " + step)
}

/** Of any whole numbers. */
final class IntegralRange[T](start: T, end: T, step: T, isInclusive: Boolean, numbers: Integral[T])
    extends NumericRange[T](start, end, step, isInclusive) {
  protected def counted: Int = NumericRange.count[T](start, end, step, isInclusive, numbers)
  override def isEmpty: Boolean =
    numbers.gt(start, end) && numbers.gt(step, numbers.zero) ||
      numbers.lt(start, end) && numbers.lt(step, numbers.zero) ||
      numbers.equiv(start, end) && !isInclusive
  protected def number(index: Int): T = numbers.plus(start, numbers.times(numbers.fromInt(index), step))
  protected def make(start: T, end: T, step: T, isInclusive: Boolean): NumericRange[T] =
    new IntegralRange[T](start, end, step, isInclusive, numbers)
  protected def back: T = {
    val negative = numbers.negate(step)
    if (numbers.gt(negative, numbers.zero) == numbers.gt(step, numbers.zero))
      throw new ArithmeticException("number type is unsigned, and .reverse requires a negative step")
    negative
  }
  protected def isByOne: Boolean = numbers.equiv(step, numbers.one)
}

/** Of `Long`s, whose loops need no boxes. */
final class LongRange(start: Long, end: Long, step: Long, isInclusive: Boolean)
    extends NumericRange[Long](start, end, step, isInclusive) {
  protected def counted: Int = LongRange.count(start, end, step, isInclusive)
  override def isEmpty: Boolean =
    start > end && step > 0L || start < end && step < 0L || start == end && !isInclusive
  protected def number(index: Int): Long = start + index * step
  protected def make(start: Long, end: Long, step: Long, isInclusive: Boolean): NumericRange[Long] =
    new LongRange(start, end, step, isInclusive)
  protected def back: Long = -step
  protected def isByOne: Boolean = step == 1L
  // Not by the range's own methods, so that no range need be made. `f` is called at one place, so that
  // it can be put there.
  override def foreach[U](f: Long => U): Unit = {
    if (step == 0L) LongRange.failByStep()
    val isAny =
      if (step > 0L) { if (isInclusive) start <= end else start < end }
      else if (isInclusive) start >= end
      else start > end
    if (isAny) {
      val stop = LongRange.stop(start, end, step, isInclusive)
      var at = start
      var goesOn = true
      while (goesOn) {
        f(at)
        at += step
        goesOn = at != stop
      }
    }
  }
}

object LongRange {
  /** The number behind the last one of a range that is not empty, maybe beyond the end of `Long` and around it. */
  def stop(start: Long, end: Long, step: Long, isInclusive: Boolean): Long =
    if (step == 1L) {
      // Not negative as an unsigned number.
      val gap = end - start
      if (gap >>> 31 != 0L || isInclusive && gap == 2147483647L) fail(start, end, step, isInclusive)
      if (isInclusive) end + 1L else end
    } else start + count(start, end, step, isInclusive) * step

  def failByStep(): Nothing = throw new IllegalArgumentException("step cannot be 0.")

  /** How many; unsigned, because the gap can be wider than the largest `Long`. */
  def count(start: Long, end: Long, step: Long, isInclusive: Boolean): Int = {
    if (step == 0L) failByStep()
    val n =
      if (start == end) { if (isInclusive) 1L else 0L }
      else if ((start < end) != (step > 0L)) 0L
      else if (step > 0L) elements(end - start, step, isInclusive)
      else elements(start - end, -step, isInclusive)
    if (n < 0L || n > 2147483647L) fail(start, end, step, isInclusive)
    n.toInt
  }

  /** Below 0 if there are too many for a `Long`. */
  private def elements(gap: Long, step: Long, isInclusive: Boolean): Long = {
    val whole = if (step == 1L) gap else java.lang.Long.divideUnsigned(gap, step)
    if (whole >= 0L && (isInclusive || whole * step != gap)) whole + 1L else whole
  }

  /** In the words of a range of `Int`s if that is what it is. */
  private def fail(start: Long, end: Long, step: Long, isInclusive: Boolean): Nothing = {
    val isOfInts = start == start.toInt && end == end.toInt && step == step.toInt
    val text =
      if (isOfInts)
        start.toString + (if (isInclusive) " to " else " until ") + end + " by " + step +
          ": seqs cannot contain more than Int.MaxValue elements."
      else "More than Int.MaxValue elements."
    throw new IllegalArgumentException(text)
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
