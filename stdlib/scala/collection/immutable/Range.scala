/** `Range`: whole numbers from one to another in steps. No element is stored: everything about the bounds takes constant
  * time, going through them linear time.
  */
package scala.collection.immutable

import scala.collection.{AbstractIterator, Iterator}
import scala.util.hashing.MurmurHash3

/** The numbers from `start` towards `end` by `step`, with or without `end`. */
final class Range(val start: Int, val end: Int, val step: Int, val isInclusive: Boolean) extends IndexedSeq[Int] {
  if (step == 0) throw new IllegalArgumentException("step cannot be 0.")

  /** The last number, if there is any. */
  private val lastElement: Int =
    if (step == 1) { if (isInclusive) end else end - 1 }
    else if (step == -1) { if (isInclusive) end else end + 1 }
    else Range.lastOf(start, end, step, isInclusive)

  /** The number of elements, which may be more than an Int holds. */
  private def count: Long = if (isEmpty) 0L else (lastElement.toLong - start.toLong) / step.toLong + 1L

  override def length: Int =
    if (count > 2147483647L)
      throw new IllegalArgumentException(description + ": seqs cannot contain more than Int.MaxValue elements.")
    else count.toInt
  override def isEmpty: Boolean =
    if (isInclusive) { if (step > 0) start > end else start < end }
    else if (step > 0) start >= end
    else start <= end
  override def nonEmpty: Boolean = !isEmpty
  override def knownSize: Int = length
  override def apply(index: Int): Int = {
    if (index < 0 || index.toLong >= count)
      throw new IndexOutOfBoundsException(index.toString + " is out of bounds (min 0, max " + (length - 1) + ")")
    start + step * index
  }
  override def head: Int = if (isEmpty) throw new java.util.NoSuchElementException("head on empty Range") else start
  override def last: Int =
    if (isEmpty) throw new java.util.NoSuchElementException("last on empty Range") else lastElement
  override def iterator: Iterator[Int] = new RangeIterator(start, step, count)
  override def reverseIterator: Iterator[Int] = new RangeIterator(lastElement, -step, count)
  // `f` is called at one place, so that it can be put there. The number behind the last one may be
  // beyond the end of Int and around it; no other element comes before it.
  override def foreach[U](f: Int => U): Unit = {
    var i = start
    val stop = lastElement + step
    var goesOn = !isEmpty
    while (goesOn) {
      f(i)
      i += step
      goesOn = i != stop
    }
  }
  override def contains[B >: Int](value: B): Boolean = value match {
    case i: Int =>
      if (isEmpty) false
      else if (step > 0) i >= start && i <= lastElement && (i - start) % step == 0
      else i <= start && i >= lastElement && (start - i) % (-step) == 0
    case _ => exists((i: Int) => i == value)
  }

  def by(newStep: Int): Range = new Range(start, end, newStep, isInclusive)
  def inclusive: Range = new Range(start, end, step, true)
  override def reverse: Range =
    if (isEmpty) this else new Range(lastElement, start, -step, true)
  override def take(n: Int): Range =
    if (n <= 0 || isEmpty) new Range(start, start, step, false)
    else if (n.toLong >= count) this
    else new Range(start, start + step * (n - 1), step, true)
  override def drop(n: Int): Range =
    if (n <= 0 || isEmpty) this
    else if (n.toLong >= count) new Range(end, end, step, false)
    else new Range(start + step * n, end, step, isInclusive)
  override def takeRight(n: Int): Range = if (n <= 0) take(0) else if (n.toLong >= count) this else drop(length - n)
  override def dropRight(n: Int): Range = if (n <= 0) this else if (n.toLong >= count) take(0) else take(length - n)
  override def slice(from: Int, until: Int): Range =
    if (from <= 0) take(until) else if (until <= from) drop(from).take(0) else drop(from).take(until - from)
  override def splitAt(n: Int): (Range, Range) = (take(n), drop(n))
  override def takeWhile(p: Int => Boolean): Range = take(passing(p))
  override def dropWhile(p: Int => Boolean): Range = drop(passing(p))
  override def span(p: Int => Boolean): (Range, Range) = splitAt(passing(p))
  /** How many elements from the first on satisfy `p`. */
  private def passing(p: Int => Boolean): Int = {
    var n = 0
    while (n.toLong < count && p(start + step * n)) n += 1
    n
  }
  override def tail: Range =
    if (isEmpty) throw new UnsupportedOperationException("tail on empty Range") else drop(1)
  override def init: Range =
    if (isEmpty) throw new UnsupportedOperationException("init on empty Range") else dropRight(1)
  override def grouped(size: Int): Iterator[IndexedSeq[Int]] = sliding(size, size)
  override def sliding(size: Int): Iterator[IndexedSeq[Int]] = sliding(size, 1)
  override def sliding(size: Int, distance: Int): Iterator[IndexedSeq[Int]] =
    new RangeWindows(this, size, distance)
  override def min[B >: Int](implicit ordering: Ordering[B]): Int =
    if (isEmpty) throw new java.util.NoSuchElementException((if (step > 0) "head" else "last") + " on empty Range")
    else if (ordering.isNatural) { if (step > 0) start else lastElement }
    else super.min[B]
  override def max[B >: Int](implicit ordering: Ordering[B]): Int =
    if (isEmpty) throw new java.util.NoSuchElementException((if (step > 0) "last" else "head") + " on empty Range")
    else if (ordering.isNatural) { if (step > 0) lastElement else start }
    else super.max[B]

  override def equals(that: Any): Boolean = that match {
    case other: Range =>
      if (isEmpty || other.isEmpty) isEmpty && other.isEmpty
      else start == other.head && lastElement == other.last && (start == lastElement || step == other.step)
    case _ => super.equals(that)
  }
  override def hashCode: Int =
    if (length >= 2) MurmurHash3.rangeHash(start, step, lastElement) else super.hashCode
  private def description: String =
    start.toString + (if (isInclusive) " to " else " until ") + end + " by " + step
  override def toString: String =
    (if (isEmpty) "empty " else if (!isInclusive && lastElement.toLong + step != end.toLong || isInclusive && lastElement != end) "inexact " else "") +
      "Range " + start + (if (isInclusive) " to " else " until ") + end + (if (step == 1) "" else " by " + step)
}

object Range {
  def apply(start: Int, end: Int): Range = new Range(start, end, 1, false)
  def apply(start: Int, end: Int, step: Int): Range = new Range(start, end, step, false)
  def inclusive(start: Int, end: Int): Range = new Range(start, end, 1, true)
  def inclusive(start: Int, end: Int, step: Int): Range = new Range(start, end, step, true)

  /** The last number before `end`, or `end` itself, if there is any. */
  private def lastOf(start: Int, end: Int, step: Int, isInclusive: Boolean): Int = {
    val rest = ((end.toLong - start.toLong) % step.toLong).toInt
    if (rest != 0) end - rest else if (isInclusive) end else end - step
  }
}

/** Counts `count` numbers. */
final class RangeIterator(start: Int, step: Int, count: Long) extends AbstractIterator[Int] {
  private var current: Int = start
  private var left: Long = count
  override def knownSize: Int = if (left > 2147483647L) -1 else left.toInt
  def hasNext: Boolean = left > 0L
  def next(): Int = {
    if (left <= 0L) Iterator.exhausted()
    val x = current
    current += step
    left -= 1L
    x
  }
}

/** Parts of a range, each a range. */
final class RangeWindows(range: Range, size: Int, distance: Int) extends AbstractIterator[IndexedSeq[Int]] {
  if (size < 1 || distance < 1)
    throw new IllegalArgumentException(
      "requirement failed: size=" + size + " and step=" + distance + ", but both must be positive"
    )
  private var at: Int = 0
  private var isDone: Boolean = range.isEmpty
  def hasNext: Boolean = !isDone
  def next(): IndexedSeq[Int] = {
    if (isDone) Iterator.exhausted()
    val part = range.slice(at, at + size)
    isDone = at + size >= range.length || at + distance >= range.length
    at += distance
    part
  }
}
