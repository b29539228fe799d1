/** A row of bits that grows: what bit sets are made of. */
package fvm.internal

import scala.collection.{AbstractIterator, IterableOnce, Iterator}

final class Bits {
  var words: Array[Long] = new Array[Long](1)

  def has(x: Int): Boolean = x >= 0 && (x >> 6) < words.length && (words(x >> 6) & (1L << x)) != 0L
  def set(x: Int, isIn: Boolean): Unit = {
    if (x < 0) throw new IllegalArgumentException("requirement failed: bitset element must be >= 0")
    val at = x >> 6
    if (isIn && at >= words.length) grow(at)
    if (isIn) words(at) = words(at) | (1L << x) else if (at < words.length) words(at) = words(at) & ~(1L << x)
  }
  private def grow(at: Int): Unit = {
    var n = words.length
    while (n <= at) n = n * 2
    val larger = new Array[Long](n)
    words.copyToArray(larger)
    words = larger
  }
  def setAll(elements: IterableOnce[Int], isIn: Boolean): Unit = {
    val it = elements.iterator
    while (it.hasNext) set(it.next(), isIn)
  }
  def copy: Bits = {
    val result = new Bits()
    result.words = words.clone()
    result
  }
  def count: Int = {
    var n = 0
    var i = 0
    while (i < words.length) {
      n += java.lang.Long.bitCount(words(i))
      i += 1
    }
    n
  }
  /** The first element from `start` on, or -1. */
  def next(start: Int): Int = {
    var at = start >> 6
    var word = if (at < words.length) words(at) & (-1L << start) else 0L
    while (word == 0L && at < words.length - 1) {
      at += 1
      word = words(at)
    }
    if (word == 0L) -1 else (at << 6) + java.lang.Long.numberOfTrailingZeros(word)
  }
  def iterator(start: Int): Iterator[Int] = new BitIterator(this, if (start < 0) 0 else start)
}

/** Goes over the elements in ascending order. */
final class BitIterator(bits: Bits, start: Int) extends AbstractIterator[Int] {
  private var at: Int = bits.next(start)
  def hasNext: Boolean = at >= 0
  def next(): Int = {
    if (at < 0) Iterator.exhausted()
    val x = at
    at = if (x == Int.MaxValue) -1 else bits.next(x + 1)
    x
  }
}
