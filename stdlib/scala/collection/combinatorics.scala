/** Permutations and combinations, in Scala's order. Each `next` is linear. */
package scala.collection

import scala.collection.immutable.List
import scala.collection.mutable.{ArrayBuffer, HashMap}

/** A sequence with equal elements numbered alike, in the order of their first occurrence. */
final class Numbered[A](from: Seq[A]) {
  private val numbers: HashMap[A, Int] = new HashMap[A, Int]()
  private val pairs: List[(A, Int)] =
    from.toList.map[(A, Int)]((x: A) => (x, numbers.getOrElseUpdate(x, numbers.size)))
  /** Elements with their numbers, by rising number. */
  val sorted: List[(A, Int)] =
    pairs.sortBy[Int]((pair: (A, Int)) => pair._2)
}

/** All different orders of a sequence. */
final class PermutationIterator[A](from: Seq[A]) extends AbstractIterator[immutable.Seq[A]] {
  private val elements: ArrayBuffer[A] = new ArrayBuffer[A]()
  private val numbers: ArrayBuffer[Int] = new ArrayBuffer[Int]()
  new Numbered[A](from).sorted.foreach[Unit]((pair: (A, Int)) => {
    elements.addOne(pair._1)
    numbers.addOne(pair._2)
    ()
  })
  private var isDone: Boolean = false

  def hasNext: Boolean = !isDone
  def next(): immutable.Seq[A] = {
    if (isDone) Iterator.exhausted()
    val result = elements.toList
    // The next order by number: the last rising pair is broken up, what follows is reversed.
    var i = numbers.length - 2
    while (i >= 0 && numbers(i) >= numbers(i + 1)) i -= 1
    if (i < 0) isDone = true
    else {
      var j = numbers.length - 1
      while (numbers(j) <= numbers(i)) j -= 1
      swap(i, j)
      var low = i + 1
      var high = numbers.length - 1
      while (low < high) {
        swap(low, high)
        low += 1
        high -= 1
      }
    }
    result
  }
  private def swap(i: Int, j: Int): Unit = {
    val x = elements(i)
    elements(i) = elements(j)
    elements(j) = x
    val n = numbers(i)
    numbers(i) = numbers(j)
    numbers(j) = n
  }
}

/** All different selections of `n` elements. */
final class CombinationIterator[A](from: Seq[A], n: Int) extends AbstractIterator[immutable.Seq[A]] {
  /** The different elements, how many there are of each, and how many of them are taken. */
  private val elements: ArrayBuffer[A] = new ArrayBuffer[A]()
  private val counts: ArrayBuffer[Int] = new ArrayBuffer[Int]()
  private val taken: ArrayBuffer[Int] = new ArrayBuffer[Int]()
  new Numbered[A](from).sorted.foreach[Unit]((pair: (A, Int)) => {
    if (pair._2 == elements.length) {
      elements.addOne(pair._1)
      counts.addOne(0)
    }
    counts(pair._2) = counts(pair._2) + 1
    ()
  })
  private var isDone: Boolean = n < 0 || n > from.length
  take(0, if (isDone) 0 else n)

  /** Takes `amount` elements greedily from index `start` on. */
  private def take(start: Int, amount: Int): Unit = {
    var left = amount
    while (taken.length > start) taken.remove(taken.length - 1)
    var i = start
    while (i < elements.length) {
      val k = if (counts(i) < left) counts(i) else left
      taken.addOne(k)
      left -= k
      i += 1
    }
  }

  def hasNext: Boolean = !isDone
  def next(): immutable.Seq[A] = {
    if (isDone) Iterator.exhausted()
    val result = new ArrayBuffer[A]()
    var i = 0
    while (i < elements.length) {
      var k = taken(i)
      while (k > 0) {
        result.addOne(elements(i))
        k -= 1
      }
      i += 1
    }
    // One element less of the last kind for which the kinds after it have room for one more.
    var room = 0
    var below = 0
    i = elements.length - 1
    while (i >= 0 && (taken(i) == 0 || room == 0)) {
      room += counts(i) - taken(i)
      below += taken(i)
      i -= 1
    }
    if (i < 0) isDone = true
    else {
      taken(i) = taken(i) - 1
      take(i + 1, below + 1)
    }
    result.toList
  }
}
