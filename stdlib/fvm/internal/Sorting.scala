/** Sorting of element arrays: a stable merge sort, O(n log n) comparisons at most and few on sorted runs. */
package fvm.internal

import scala.collection.IterableOnce

object Sorting {
  /** All elements as an array of slots. */
  def elements[A](from: IterableOnce[A]): Array[Any] = {
    var slots = new Array[Any](if (from.knownSize >= 0) from.knownSize else 16)
    var n = 0
    val it = from.iterator
    while (it.hasNext) {
      if (n == slots.length) slots = resized(slots, n, n * 2 + 4)
      slots(n) = it.next()
      n += 1
    }
    if (n == slots.length) slots else resized(slots, n, n)
  }

  /** The first `n` slots in an array of length `length`. */
  def resized(slots: Array[Any], n: Int, length: Int): Array[Any] = {
    val result = new Array[Any](length)
    Arrays.copy(slots, 0, result, 0, n)
    result
  }

  /** Sorts the slots in place; equal elements keep their order. */
  def sort[A](slots: Array[Any], ordering: Ordering[A]): Unit = {
    val n = slots.length
    if (n > 1) {
      var from = slots
      var to = new Array[Any](n)
      var width = insertionRun
      var start = 0
      while (start < n) {
        insertionSort[A](from, start, if (start + width < n) start + width else n, ordering)
        start += width
      }
      while (width < n) {
        start = 0
        while (start < n) {
          val middle = if (n - start < width) n else start + width
          val end = if (n - middle < width) n else middle + width
          merge[A](from, to, start, middle, end, ordering)
          start = end
        }
        val other = from
        from = to
        to = other
        width = width * 2
      }
      if (!AnyOps.same(from, slots)) Arrays.copy(from, 0, slots, 0, n)
    }
  }

  private final val insertionRun: Int = 8

  private def insertionSort[A](slots: Array[Any], start: Int, end: Int, ordering: Ordering[A]): Unit = {
    var i = start + 1
    while (i < end) {
      val x = slots(i).asInstanceOf[A]
      var j = i - 1
      while (j >= start && ordering.compare(slots(j).asInstanceOf[A], x) > 0) {
        slots(j + 1) = slots(j)
        j -= 1
      }
      slots(j + 1) = x
      i += 1
    }
  }

  private def merge[A](from: Array[Any], to: Array[Any], start: Int, middle: Int, end: Int, ordering: Ordering[A]): Unit =
    if (middle >= end || ordering.compare(from(middle - 1).asInstanceOf[A], from(middle).asInstanceOf[A]) <= 0)
      Arrays.copy(from, start, to, start, end - start)
    else {
      var a = start
      var b = middle
      var out = start
      while (a < middle && b < end) {
        if (ordering.compare(from(a).asInstanceOf[A], from(b).asInstanceOf[A]) <= 0) {
          to(out) = from(a)
          a += 1
        } else {
          to(out) = from(b)
          b += 1
        }
        out += 1
      }
      Arrays.copy(from, a, to, out, middle - a)
      Arrays.copy(from, b, to, out + middle - a, end - b)
    }
}
