/** `BitSet`: a set of whole numbers that are not negative, one bit each. Looking takes constant time; everything else is
  * linear in the largest number.
  */
package scala.collection.immutable

import fvm.internal.{Bits, Collect}
import scala.collection.{IterableOnce, Iterator}
import scala.collection.mutable.Builder

final class BitSet(bits: Bits) extends Set[Int] {
  override protected def className: String = "BitSet"
  override def size: Int = bits.count
  override def isEmpty: Boolean = bits.next(0) < 0
  override def contains(x: Int): Boolean = bits.has(x)
  override def iterator: Iterator[Int] = bits.iterator(0)
  def iteratorFrom(start: Int): Iterator[Int] = bits.iterator(start)
  override def freshSame: Builder[Int, Set[Int]] = new SetBuilder[Int](BitSet.empty)
  private def of(set: Set[Int]): BitSet = set.asInstanceOf[BitSet]
  private def changed(x: Int, isIn: Boolean): BitSet = {
    val copy = bits.copy
    copy.set(x, isIn)
    new BitSet(copy)
  }
  override def incl(x: Int): BitSet = if (contains(x)) this else changed(x, true)
  override def excl(x: Int): BitSet = if (contains(x)) changed(x, false) else this
  override def +(x: Int): BitSet = incl(x)
  override def -(x: Int): BitSet = excl(x)
  override def concat(that: IterableOnce[Int]): BitSet = {
    val copy = bits.copy
    copy.setAll(that, true)
    new BitSet(copy)
  }
  override def ++(that: IterableOnce[Int]): BitSet = concat(that)
  override def |(that: scala.collection.Set[Int]): BitSet = concat(that)
  override def union(that: scala.collection.Set[Int]): BitSet = concat(that)
  override def removedAll(that: IterableOnce[Int]): BitSet = {
    val copy = bits.copy
    copy.setAll(that, false)
    new BitSet(copy)
  }
  override def --(that: IterableOnce[Int]): BitSet = removedAll(that)
  override def diff(that: scala.collection.Set[Int]): BitSet = filter((x: Int) => !that.contains(x))
  override def &~(that: scala.collection.Set[Int]): BitSet = diff(that)
  override def intersect(that: scala.collection.Set[Int]): BitSet = filter((x: Int) => that.contains(x))
  override def &(that: scala.collection.Set[Int]): BitSet = intersect(that)
  def ^(that: BitSet): BitSet = diff(that).concat(that.diff(this))
  def xor(that: BitSet): BitSet = this ^ that
  override def head: Int = if (isEmpty) throw new java.util.NoSuchElementException("next on empty iterator") else bits.next(0)
  def firstKey: Int = head
  def lastKey: Int = last
  def range(from: Int, until: Int): BitSet = filter((x: Int) => x >= from && x < until)
  def rangeFrom(from: Int): BitSet = filter((x: Int) => x >= from)
  def rangeUntil(until: Int): BitSet = filter((x: Int) => x < until)
  def rangeTo(to: Int): BitSet = filter((x: Int) => x <= to)
  def minAfter(key: Int): Option[Int] = rangeFrom(key).headOption
  def maxBefore(key: Int): Option[Int] = rangeUntil(key).lastOption
  def toBitMask: Array[Long] = bits.words
  def map(f: Int => Int): BitSet = Collect.map[Int, Int, BitSet](this, f, BitSet.newBuilder)
  def map[B](f: Int => B)(implicit ordering: Ordering[B]): TreeSet[B] =
    Collect.map[Int, B, TreeSet[B]](this, f, TreeSet.newBuilder[B])
  def flatMap(f: Int => IterableOnce[Int]): BitSet = Collect.flatMap[Int, Int, BitSet](this, f, BitSet.newBuilder)
  override def filter(p: Int => Boolean): BitSet = of(super.filter(p))
  override def filterNot(p: Int => Boolean): BitSet = of(super.filterNot(p))
  override def partition(p: Int => Boolean): (BitSet, BitSet) = (filter(p), filterNot(p))
  override def take(n: Int): BitSet = of(super.take(n))
  override def drop(n: Int): BitSet = of(super.drop(n))
  override def tail: BitSet = of(super.tail)
  override def init: BitSet = of(super.init)
}

object BitSet {
  val empty: BitSet = new BitSet(new Bits())
  def apply(elements: Int*): BitSet = empty.concat(elements)
  def from(elements: IterableOnce[Int]): BitSet = empty.concat(elements)
  def fromSpecific(elements: IterableOnce[Int]): BitSet = empty.concat(elements)
  def newBuilder: Builder[Int, BitSet] =
    new SetBuilder[Int](empty).mapResult[BitSet]((set: Set[Int]) => set.asInstanceOf[BitSet])
}
