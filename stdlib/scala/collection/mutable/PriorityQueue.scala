/** `PriorityQueue`: the greatest element first. Adding and removing take O(log n); `head` takes constant time. Equal
  * elements come out in the order in which Scala's heap gives them.
  */
package scala.collection.mutable

import scala.collection.{AbstractIterator, Iterable, IterableOnce, Iterator}
import scala.collection.immutable.{ArraySeq, Seq}

final class PriorityQueue[A](ordering: Ordering[A]) extends Iterable[A] with Builder[A, PriorityQueue[A]] {
  def ord: Ordering[A] = ordering
  /** The heap: the children of element `i` are `2 i` and `2 i + 1`, from 1. */
  private val heap: ArrayBuffer[A] = new ArrayBuffer[A]()

  override protected def className: String = "PriorityQueue"
  def length: Int = heap.length
  override def size: Int = heap.length
  override def knownSize: Int = heap.length
  override def isEmpty: Boolean = heap.isEmpty
  /** In the order of the heap. */
  override def iterator: Iterator[A] = heap.iterator

  private def isBelow(i: Int, j: Int): Boolean = ordering.lt(heap(i - 1), heap(j - 1))
  private def swap(i: Int, j: Int): Unit = {
    val x = heap(i - 1)
    heap(i - 1) = heap(j - 1)
    heap(j - 1) = x
  }
  private def rise(from: Int): Unit = {
    var i = from
    while (i > 1 && isBelow(i / 2, i)) {
      swap(i, i / 2)
      i = i / 2
    }
  }
  /** Lets an element sink; tells whether it moved. */
  private def sink(from: Int, n: Int): Boolean = {
    var i = from
    var goesOn = true
    while (goesOn && 2 * i <= n) {
      var child = 2 * i
      if (child < n && isBelow(child, child + 1)) child += 1
      if (isBelow(i, child)) {
        swap(i, child)
        i = child
      } else goesOn = false
    }
    i != from
  }
  /** Restores the heap after elements were added from position `first` on. */
  private def restore(first: Int): Unit = {
    val n = heap.length
    if (first <= 2) {
      var i = n / 2
      while (i >= 1) {
        sink(i, n)
        i -= 1
      }
    } else if (n - first < 4) {
      var i = first
      while (i <= n) {
        rise(i)
        i += 1
      }
    } else {
      // Parents of what moved are looked at again, each once, from the bottom to the root.
      var lowest = first / 2
      val waiting = new Queue[Int]()
      waiting.enqueue(lowest)
      var i = n / 2
      while (i > first / 2) {
        if (sink(i, n) && i / 2 < lowest) {
          lowest = i / 2
          waiting.enqueue(lowest)
        }
        i -= 1
      }
      while (waiting.nonEmpty) {
        val j = waiting.dequeue()
        if (sink(j, n) && j / 2 < lowest && j / 2 > 0) {
          lowest = j / 2
          waiting.enqueue(lowest)
        }
      }
    }
  }

  override def addOne(x: A): PriorityQueue[A] = {
    heap.addOne(x)
    rise(heap.length)
    this
  }
  override def +=(x: A): PriorityQueue[A] = addOne(x)
  override def addAll(elements: IterableOnce[A]): PriorityQueue[A] = {
    val first = heap.length + 1
    heap.addAll(elements)
    restore(first)
    this
  }
  override def ++=(elements: IterableOnce[A]): PriorityQueue[A] = addAll(elements)
  def enqueue(elements: A*): Unit = addAll(elements)
  def dequeue(): A = {
    if (heap.isEmpty) throw new java.util.NoSuchElementException("no element to remove from heap")
    val top = heap(0)
    val last = heap.remove(heap.length - 1)
    if (heap.nonEmpty) {
      heap(0) = last
      sink(1, heap.length)
    }
    top
  }
  /** All elements, the greatest first; the queue is empty afterwards. */
  def dequeueAll[B >: A]: Seq[B] = {
    val out = ArraySeq.newBuilder[B]
    while (nonEmpty) out.addOne(dequeue())
    out.result()
  }
  override def head: A =
    if (heap.isEmpty) throw new java.util.NoSuchElementException("queue is empty") else heap(0)
  override def clear(): Unit = heap.clear()
  override def result(): PriorityQueue[A] = this
  override def clone(): PriorityQueue[A] = {
    val copy = new PriorityQueue[A](ordering)
    copy.heap.addAll(heap)
    copy
  }
  def reverse: PriorityQueue[A] = new PriorityQueue[A](ordering.reverse).addAll(heap.reverse)
}

object PriorityQueue {
  def empty[A](implicit ordering: Ordering[A]): PriorityQueue[A] = new PriorityQueue[A](ordering)
  def apply[A](elements: A*)(implicit ordering: Ordering[A]): PriorityQueue[A] = from[A](elements)
  def from[A](elements: IterableOnce[A])(implicit ordering: Ordering[A]): PriorityQueue[A] =
    new PriorityQueue[A](ordering).addAll(elements)
}
