/** `Set`: elements of which no two are equal. Up to four elements are kept in the order in which they came; more are in
  * a `HashSet`, and stay in one.
  */
package scala.collection.immutable

import fvm.internal.{AnyOps, Collect}
import scala.collection.{AbstractIterator, GroupedIterator, Iterable, IterableOnce, Iterator, SlotIterator, WithFilter}
import scala.collection.mutable.Builder

/** An immutable set. Operations on one element take constant time up to four elements, then O(log32 n). */
trait Set[A] extends scala.collection.Set[A] {
  def incl(x: A): Set[A]
  def excl(x: A): Set[A]
  /** A builder of sets that are made from this one. */
  def fresh[B]: Builder[B, Set[B]] = Set.newBuilder[B]
  /** A builder of sets with some of the elements of this one. */
  def freshSame: Builder[A, Set[A]] = fresh[A]
  override def collected[C](elements: Iterator[C]): Iterable[C] = Collect.all[C, Set[C]](elements, fresh[C])

  def +(x: A): Set[A] = incl(x)
  def -(x: A): Set[A] = excl(x)
  def +(x: A, y: A, more: A*): Set[A] = incl(x).incl(y).concatSet(more)
  def -(x: A, y: A, more: A*): Set[A] = excl(x).excl(y).removedAll(more)
  protected[immutable] def concatSet(that: IterableOnce[A]): Set[A] = {
    var result: Set[A] = this
    val it = that.iterator
    while (it.hasNext) result = result.incl(it.next())
    result
  }
  def concat(that: IterableOnce[A]): Set[A] = concatSet(that)
  def ++(that: IterableOnce[A]): Set[A] = concatSet(that)
  def |(that: scala.collection.Set[A]): Set[A] = concatSet(that)
  def union(that: scala.collection.Set[A]): Set[A] = concatSet(that)
  def removedAll(that: IterableOnce[A]): Set[A] = {
    var result: Set[A] = this
    val it = that.iterator
    while (it.hasNext) result = result.excl(it.next())
    result
  }
  def --(that: IterableOnce[A]): Set[A] = removedAll(that)
  def diff(that: scala.collection.Set[A]): Set[A] = filter((x: A) => !that.contains(x))
  def &~(that: scala.collection.Set[A]): Set[A] = diff(that)
  def intersect(that: scala.collection.Set[A]): Set[A] = filter((x: A) => that.contains(x))
  def &(that: scala.collection.Set[A]): Set[A] = intersect(that)
  /** All subsets, the small ones first. */
  def subsets(): Iterator[Set[A]] =
    Range.inclusive(0, size).iterator.flatMap[Set[A]]((n: Int) => subsets(n))
  def subsets(n: Int): Iterator[Set[A]] =
    if (n < 0 || n > size) Iterator.empty[Set[A]]
    else new SubsetIterator[A](toVector, n, () => freshSame)
  override def toSet[B >: A]: Set[B] = Set.from[B](this.asInstanceOf[Set[B]])

  override def map[B](f: A => B): Set[B] = Collect.map[A, B, Set[B]](this, f, fresh[B])
  override def flatMap[B](f: A => IterableOnce[B]): Set[B] = Collect.flatMap[A, B, Set[B]](this, f, fresh[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): Set[B] = Collect.flatMap[A, B, Set[B]](this, ev, fresh[B])
  override def collect[B](f: PartialFunction[A, B]): Set[B] = Collect.collect[A, B, Set[B]](this, f, fresh[B])
  override def zip[B](that: IterableOnce[B]): Set[(A, B)] =
    Collect.zip[A, B, Set[(A, B)]](this, that, fresh[(A, B)])
  override def zipWithIndex: Set[(A, Int)] = Collect.zipWithIndex[A, Set[(A, Int)]](this, fresh[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (Set[A1], Set[A2]) =
    Collect.unzip[A, A1, A2, Set[A1], Set[A2]](this, ev, fresh[A1], fresh[A2])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (Set[A1], Set[A2]) =
    Collect.partitionMap[A, A1, A2, Set[A1], Set[A2]](this, f, fresh[A1], fresh[A2])
  override def scanLeft[B](zero: B)(f: (B, A) => B): Set[B] = Collect.scanLeft[A, B, Set[B]](this, zero, f, fresh[B])
  override def groupMap[G, B](key: A => G)(f: A => B): Map[G, Set[B]] =
    Collect.groupMap[A, G, B, Set[B]](this, key, f, () => fresh[B])

  override def filter(p: A => Boolean): Set[A] = Collect.filter[A, Set[A]](this, p, true, freshSame)
  override def filterNot(p: A => Boolean): Set[A] = Collect.filter[A, Set[A]](this, p, false, freshSame)
  override def partition(p: A => Boolean): (Set[A], Set[A]) =
    Collect.partition[A, Set[A]](this, p, freshSame, freshSame)
  override def take(n: Int): Set[A] = Collect.slice[A, Set[A]](this, 0, n, freshSame)
  override def drop(n: Int): Set[A] = Collect.slice[A, Set[A]](this, n, Int.MaxValue, freshSame)
  override def slice(from: Int, until: Int): Set[A] = Collect.slice[A, Set[A]](this, from, until, freshSame)
  override def takeRight(n: Int): Set[A] = Collect.takeRight[A, Set[A]](this, n, freshSame)
  override def dropRight(n: Int): Set[A] = Collect.dropRight[A, Set[A]](this, n, freshSame)
  override def takeWhile(p: A => Boolean): Set[A] = Collect.takeWhile[A, Set[A]](this, p, freshSame)
  override def dropWhile(p: A => Boolean): Set[A] = Collect.dropWhile[A, Set[A]](this, p, freshSame)
  override def span(p: A => Boolean): (Set[A], Set[A]) =
    Collect.span[A, Set[A]](this, p, freshSame, freshSame)
  override def splitAt(n: Int): (Set[A], Set[A]) = Collect.splitAt[A, Set[A]](this, n, freshSame, freshSame)
  override def tail: Set[A] = Collect.tail[A, Set[A]](this, tailFailure, freshSame)
  override def init: Set[A] = Collect.init[A, Set[A]](this, initFailure, freshSame)
  override def tapEach[U](f: A => U): Set[A] = Collect.tapEach[A, Set[A]](this, f, freshSame)
  override def tails: Iterator[Set[A]] =
    Iterator.iterateUntil[Set[A]](this, (x: Set[A]) => x.isEmpty, (x: Set[A]) => x.tail)
  override def inits: Iterator[Set[A]] =
    Iterator.iterateUntil[Set[A]](this, (x: Set[A]) => x.isEmpty, (x: Set[A]) => x.init)
  override def grouped(size: Int): Iterator[Set[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Set[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Set[A]] =
    new GroupedIterator[A](iterator, size, step).map[Set[A]]((part: IterableOnce[A]) => Collect.all[A, Set[A]](part, freshSame))
  override def groupBy[G](key: A => G): Map[G, Set[A]] =
    Collect.groupBy[A, G, Set[A]](this, key, () => freshSame)
  override def withFilter(p: A => Boolean): SetWithFilter[A] = new SetWithFilter[A](this, p)
}

/** A `Set` with a condition that is tested when the elements are used. */
class SetWithFilter[A](from: Set[A], p: A => Boolean) extends WithFilter[A](from, p) {
  override def map[B](f: A => B): Set[B] = Collect.map[A, B, Set[B]](elements, f, from.fresh[B])
  override def flatMap[B](f: A => IterableOnce[B]): Set[B] =
    Collect.flatMap[A, B, Set[B]](elements, f, from.fresh[B])
  override def withFilter(q: A => Boolean): SetWithFilter[A] =
    new SetWithFilter[A](from, (x: A) => p(x) && q(x))
}

object Set {
  private val none: SmallSet[Any] = new SmallSet[Any](new Array[Any](0))
  def empty[A]: Set[A] = none.asInstanceOf[Set[A]]
  def apply[A](elements: A*): Set[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): Set[A] = elements match {
    case set: SmallSet[A] => set
    case set: HashSet[A] => set.plain
    case _ => empty[A].concat(elements)
  }
  def newBuilder[A]: Builder[A, Set[A]] = new SetBuilder[A](empty[A])
}

/** Up to four elements in the order in which they came. */
final class SmallSet[A](slots: Array[Any]) extends Set[A] {
  override def size: Int = slots.length
  override def knownSize: Int = slots.length
  override def isEmpty: Boolean = slots.length == 0
  private def indexOf(x: A): Int = {
    var i = slots.length - 1
    while (i >= 0 && slots(i) != x) i -= 1
    i
  }
  override def contains(x: A): Boolean = indexOf(x) >= 0
  override def iterator: Iterator[A] = new SlotIterator[A](slots)
  override def incl(x: A): Set[A] =
    if (indexOf(x) >= 0) this
    else if (slots.length == 4) {
      var result = HashSet.empty[A]
      var i = 0
      while (i < 4) {
        result = result.incl(slots(i).asInstanceOf[A])
        i += 1
      }
      result.incl(x)
    } else {
      val larger = fvm.internal.Sorting.resized(slots, slots.length, slots.length + 1)
      larger(slots.length) = x
      new SmallSet[A](larger)
    }
  override def excl(x: A): Set[A] = {
    val at = indexOf(x)
    if (at < 0) this
    else {
      val smaller = new Array[Any](slots.length - 1)
      fvm.internal.Arrays.copy(slots, 0, smaller, 0, at)
      fvm.internal.Arrays.copy(slots, at + 1, smaller, at, slots.length - at - 1)
      new SmallSet[A](smaller)
    }
  }
}

/** More elements, in a trie. The keys of a `HashMap` are such a set too, which prints as `Set`. */
final class HashSet[A](root: TrieNode, isKeys: Boolean) extends Set[A] {
  override protected def className: String = if (isKeys) "Set" else "HashSet"
  private[immutable] def plain: HashSet[A] = if (isKeys) new HashSet[A](root, false) else this
  override def size: Int = root.size
  override def knownSize: Int = root.size
  override def isEmpty: Boolean = root.size == 0
  override def contains(x: A): Boolean = !AnyOps.same(Trie.get(root, x, Trie.hashOf(x)), Trie.missing)
  override def iterator: Iterator[A] = new TrieKeyIterator[A](root)
  override def incl(x: A): HashSet[A] = {
    val hash = Trie.hashOf(x)
    if (AnyOps.same(Trie.get(root, x, hash), Trie.missing))
      new HashSet[A](Trie.updated(root, x, true, hash, 0), isKeys)
    else this
  }
  override def excl(x: A): HashSet[A] = {
    val smaller = Trie.removed(root, x, Trie.hashOf(x), 0)
    if (AnyOps.same(smaller, root)) this else new HashSet[A](smaller, isKeys)
  }
  private def plain: HashSet[A] = if (isKeys) new HashSet[A](root, false) else this
  override def concatSet(that: IterableOnce[A]): Set[A] =
    if (isKeys) plain.concatSet(that) else super.concatSet(that)
  override def diff(that: scala.collection.Set[A]): Set[A] =
    if (isKeys) plain.diff(that) else super.diff(that)
  override def fresh[B]: Builder[B, Set[B]] = new SetBuilder[B](HashSet.empty[B])
  override def freshSame: Builder[A, Set[A]] = new SetBuilder[A](new HashSet[A](Trie.empty, isKeys))
}

object HashSet {
  private val none: HashSet[Any] = new HashSet[Any](Trie.empty, false)
  def empty[A]: HashSet[A] = none.asInstanceOf[HashSet[A]]
  def apply[A](elements: A*): HashSet[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): HashSet[A] = {
    var result = empty[A]
    val it = elements.iterator
    while (it.hasNext) result = result.incl(it.next())
    result
  }
}

final class TrieKeyIterator[A](root: TrieNode) extends AbstractIterator[A] {
  private val cursor: TrieCursor = new TrieCursor(root)
  override def knownSize: Int = cursor.remaining
  def hasNext: Boolean = cursor.hasNext
  def next(): A = {
    cursor.advance()
    cursor.key.asInstanceOf[A]
  }
}

/** Adds elements to a set. */
final class SetBuilder[A](start: Set[A]) extends Builder[A, Set[A]] {
  private var set: Set[A] = start
  def addOne(x: A): Builder[A, Set[A]] = {
    set = set.incl(x)
    this
  }
  def clear(): Unit = set = start
  def result(): Set[A] = set
}

/** The subsets with `n` elements, in the order of the positions of their elements. */
final class SubsetIterator[A](elements: Vector[A], n: Int, make: () => Builder[A, Set[A]]) extends AbstractIterator[Set[A]] {
  private val positions: Array[Int] = {
    val result = new Array[Int](n)
    var i = 0
    while (i < n) {
      result(i) = i
      i += 1
    }
    result
  }
  private var isDone: Boolean = false
  def hasNext: Boolean = !isDone
  def next(): Set[A] = {
    if (isDone) Iterator.exhausted()
    val out = make()
    var i = 0
    while (i < n) {
      out.addOne(elements(positions(i)))
      i += 1
    }
    // The last position that can move moves, and those after it follow directly.
    i = n - 1
    while (i >= 0 && positions(i) == elements.length - n + i) i -= 1
    if (i < 0) isDone = true
    else {
      positions(i) = positions(i) + 1
      i += 1
      while (i < n) {
        positions(i) = positions(i - 1) + 1
        i += 1
      }
    }
    out.result()
  }
}
