/** `collection.Seq`: elements in a row, mutable or not. */
package scala.collection

import fvm.internal.{AnyOps, Collect, Sorting}
import scala.collection.immutable.{List, Map, Range}
import scala.util.hashing.MurmurHash3

/** Elements in a row. The operations are linear unless a kind of sequence overrides them. */
trait Seq[+A] extends Iterable[A] with PartialFunction[Int, A] with Equals {
  override def view: View[A] = new View[A](() => iterator, "SeqView")
  def length: Int
  def canEqual(that: Any): Boolean = true
  def apply(index: Int): A
  override protected def className: String = "Seq"
  override def isDefinedAt(index: Int): Boolean = index >= 0 && index < length
  override def size: Int = length
  override def isEmpty: Boolean = length == 0
  def lengthCompare(n: Int): Int = sizeCompare(n)
  def lengthIs: Int = length
  def indices: Range = Range(0, length)
  override def toSeq: scala.collection.immutable.Seq[A] = List.from[A](this)

  def reverseIterator: Iterator[A] = reverse.iterator
  def contains[B >: A](value: B): Boolean = exists((x: A) => x == value)
  def indexOf[B >: A](value: B): Int = indexWhere((x: A) => x == value, 0)
  def indexOf[B >: A](value: B, from: Int): Int = indexWhere((x: A) => x == value, from)
  def lastIndexOf[B >: A](value: B): Int = lastIndexWhere((x: A) => x == value)
  def lastIndexOf[B >: A](value: B, end: Int): Int = lastIndexWhere((x: A) => x == value, end)
  def indexWhere(p: A => Boolean): Int = indexWhere(p, 0)
  def indexWhere(p: A => Boolean, from: Int): Int = iterator.indexWhere(p, from)
  def lastIndexWhere(p: A => Boolean): Int = lastIndexWhere(p, Int.MaxValue)
  def lastIndexWhere(p: A => Boolean, end: Int): Int = {
    val it = iterator
    var i = 0
    var found = -1
    while (i <= end && it.hasNext) {
      if (p(it.next())) found = i
      i += 1
    }
    found
  }
  def findLast(p: A => Boolean): Option[A] = {
    val i = lastIndexWhere(p)
    if (i < 0) None else Some[A](apply(i))
  }
  def segmentLength(p: A => Boolean): Int = segmentLength(p, 0)
  def segmentLength(p: A => Boolean, from: Int): Int = drop(from).takeWhile(p).length
  def prefixLength(p: A => Boolean): Int = segmentLength(p, 0)
  def startsWith[B >: A](that: IterableOnce[B]): Boolean = startsWith[B](that, 0)
  def startsWith[B >: A](that: IterableOnce[B], offset: Int): Boolean = {
    val a = iterator.drop(offset)
    val b = that.iterator
    var result = true
    while (result && b.hasNext) result = a.hasNext && a.next() == b.next()
    result
  }
  def endsWith[B >: A](that: Iterable[B]): Boolean = {
    val n = that.size
    n <= length && startsWith[B](that, length - n)
  }
  /** The first index from `from` at which `that` begins, or -1; O(n m). */
  def indexOfSlice[B >: A](that: Seq[B]): Int = indexOfSlice[B](that, 0)
  def indexOfSlice[B >: A](that: Seq[B], from: Int): Int = {
    var i = if (from < 0) 0 else from
    val last = length - that.length
    while (i <= last && !startsWith[B](that, i)) i += 1
    if (i <= last) i else -1
  }
  def lastIndexOfSlice[B >: A](that: Seq[B]): Int = {
    var i = length - that.length
    while (i >= 0 && !startsWith[B](that, i)) i -= 1
    i
  }
  def containsSlice[B >: A](that: Seq[B]): Boolean = indexOfSlice[B](that, 0) >= 0
  def sameElements[B >: A](that: IterableOnce[B]): Boolean = iterator.sameElements[B](that)
  /** The index of an element in a sorted sequence; for a missing one, where it belongs. O(log n) with fast indexing. */
  def search[B >: A](value: B)(implicit ordering: Ordering[B]): SearchResult = {
    var low = 0
    var high = length
    var found = -1
    while (found < 0 && low < high) {
      val middle = low + (high - low - 1) / 2
      val order = ordering.compare(value, apply(middle))
      if (order == 0) found = middle else if (order < 0) high = middle else low = middle + 1
    }
    if (found >= 0) new Found(found) else new InsertionPoint(low)
  }

  override def equals(that: Any): Boolean = that match {
    case other: Seq[_] => AnyOps.same(this, other) || sameElements[Any](other)
    case _ => false
  }
  override def hashCode: Int = MurmurHash3.seqHash(this)
  override def toString: String = mkString(className + "(", ", ", ")")

  // ── elements changed or joined ──
  override def map[B](f: A => B): Seq[B] = Collect.map[A, B, Seq[B]](this, f, List.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): Seq[B] =
    Collect.flatMap[A, B, Seq[B]](this, f, List.newBuilder[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): Seq[B] =
    Collect.flatMap[A, B, Seq[B]](this, ev, List.newBuilder[B])
  override def collect[B](f: PartialFunction[A, B]): Seq[B] =
    Collect.collect[A, B, Seq[B]](this, f, List.newBuilder[B])
  override def concat[B >: A](that: IterableOnce[B]): Seq[B] =
    Collect.concat[B, Seq[B]](this, that, List.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): Seq[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): Seq[(A, B)] =
    Collect.zip[A, B, Seq[(A, B)]](this, that, List.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): Seq[(A1, B)] =
    Collect.zipAll[A1, B, Seq[(A1, B)]](this, that, x, y, List.newBuilder[(A1, B)])
  override def zipWithIndex: Seq[(A, Int)] = Collect.zipWithIndex[A, Seq[(A, Int)]](this, List.newBuilder[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (Seq[A1], Seq[A2]) =
    Collect.unzip[A, A1, A2, Seq[A1], Seq[A2]](this, ev, List.newBuilder[A1], List.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (Seq[A1], Seq[A2], Seq[A3]) =
    Collect.unzip3[A, A1, A2, A3, Seq[A1], Seq[A2], Seq[A3]](this, ev, List.newBuilder[A1], List.newBuilder[A2], List.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (Seq[A1], Seq[A2]) =
    Collect.partitionMap[A, A1, A2, Seq[A1], Seq[A2]](this, f, List.newBuilder[A1], List.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): Seq[Seq[B]] =
    Collect.transpose[A, B, Seq[B], Seq[Seq[B]]](this, ev, () => List.newBuilder[B], List.newBuilder[Seq[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): Seq[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): Seq[B] =
    Collect.scanLeft[A, B, Seq[B]](this, zero, f, List.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): Seq[B] =
    Collect.scanRight[A, B, Seq[B]](this, zero, f, List.newBuilder[B])
  override def withFilter(p: A => Boolean): SeqWithFilter[A] = new SeqWithFilter[A](this, p)
  def appended[B >: A](x: B): Seq[B] = Collect.appended[B, Seq[B]](this, x, List.newBuilder[B])
  def prepended[B >: A](x: B): Seq[B] = Collect.prepended[B, Seq[B]](x, this, List.newBuilder[B])
  def appendedAll[B >: A](that: IterableOnce[B]): Seq[B] = Collect.concat[B, Seq[B]](this, that, List.newBuilder[B])
  def prependedAll[B >: A](that: IterableOnce[B]): Seq[B] = Collect.concat[B, Seq[B]](that, this, List.newBuilder[B])
  def :+[B >: A](x: B): Seq[B] = appended[B](x)
  def +:[B >: A](x: B): Seq[B] = prepended[B](x)
  def :++[B >: A](that: IterableOnce[B]): Seq[B] = appendedAll[B](that)
  def ++:[B >: A](that: IterableOnce[B]): Seq[B] = prependedAll[B](that)
  def padTo[B >: A](length: Int, x: B): Seq[B] = Collect.padTo[B, Seq[B]](this, length, x, List.newBuilder[B])
  def updated[B >: A](index: Int, x: B): Seq[B] = Collect.updated[B, Seq[B]](this, index, x, List.newBuilder[B])
  def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): Seq[B] =
    Collect.patch[B, Seq[B]](this, from, other, replaced, List.newBuilder[B])

  // ── some of the elements ──
  override def filter(p: A => Boolean): Seq[A] = Collect.filter[A, Seq[A]](this, p, true, List.newBuilder[A])
  override def filterNot(p: A => Boolean): Seq[A] = Collect.filter[A, Seq[A]](this, p, false, List.newBuilder[A])
  override def partition(p: A => Boolean): (Seq[A], Seq[A]) =
    Collect.partition[A, Seq[A]](this, p, List.newBuilder[A], List.newBuilder[A])
  override def take(n: Int): Seq[A] = Collect.slice[A, Seq[A]](this, 0, n, List.newBuilder[A])
  override def drop(n: Int): Seq[A] = Collect.slice[A, Seq[A]](this, n, Int.MaxValue, List.newBuilder[A])
  override def slice(from: Int, until: Int): Seq[A] = Collect.slice[A, Seq[A]](this, from, until, List.newBuilder[A])
  override def takeRight(n: Int): Seq[A] = Collect.takeRight[A, Seq[A]](this, n, List.newBuilder[A])
  override def dropRight(n: Int): Seq[A] = Collect.dropRight[A, Seq[A]](this, n, List.newBuilder[A])
  override def takeWhile(p: A => Boolean): Seq[A] = Collect.takeWhile[A, Seq[A]](this, p, List.newBuilder[A])
  override def dropWhile(p: A => Boolean): Seq[A] = Collect.dropWhile[A, Seq[A]](this, p, List.newBuilder[A])
  override def span(p: A => Boolean): (Seq[A], Seq[A]) =
    Collect.span[A, Seq[A]](this, p, List.newBuilder[A], List.newBuilder[A])
  override def splitAt(n: Int): (Seq[A], Seq[A]) =
    Collect.splitAt[A, Seq[A]](this, n, List.newBuilder[A], List.newBuilder[A])
  override def tail: Seq[A] = Collect.tail[A, Seq[A]](this, tailFailure, List.newBuilder[A])
  override def init: Seq[A] = Collect.init[A, Seq[A]](this, initFailure, List.newBuilder[A])
  override def tapEach[U](f: A => U): Seq[A] = Collect.tapEach[A, Seq[A]](this, f, List.newBuilder[A])
  override def tails: Iterator[Seq[A]] =
    Iterator.iterateUntil[Seq[A]](this, (x: Seq[A]) => x.isEmpty, (x: Seq[A]) => x.tail)
  override def inits: Iterator[Seq[A]] =
    Iterator.iterateUntil[Seq[A]](this, (x: Seq[A]) => x.isEmpty, (x: Seq[A]) => x.init)
  override def grouped(size: Int): Iterator[Seq[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Seq[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Seq[A]] =
    new GroupedIterator[A](iterator, size, step).map[Seq[A]]((part: IterableOnce[A]) => Collect.all[A, Seq[A]](part, List.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, Seq[A]] =
    Collect.groupBy[A, K, Seq[A]](this, key, () => List.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, Seq[B]] =
    Collect.groupMap[A, K, B, Seq[B]](this, key, f, () => List.newBuilder[B])

  // ── another order ──
  def reverse: Seq[A] = Collect.reverse[A, Seq[A]](this, List.newBuilder[A])
  def sorted[B >: A](implicit ordering: Ordering[B]): Seq[A] =
    Collect.sorted[A, B, Seq[A]](this, ordering, List.newBuilder[A])
  def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): Seq[A] =
    Collect.sorted[A, A, Seq[A]](this, Ordering.by[A, B](f), List.newBuilder[A])
  def sortWith(before: (A, A) => Boolean): Seq[A] =
    Collect.sorted[A, A, Seq[A]](this, Ordering.fromLessThan[A](before), List.newBuilder[A])
  def distinct: Seq[A] = Collect.distinctBy[A, A, Seq[A]](this, (x: A) => x, List.newBuilder[A])
  def distinctBy[B](f: A => B): Seq[A] = Collect.distinctBy[A, B, Seq[A]](this, f, List.newBuilder[A])
  def diff[B >: A](that: scala.collection.Seq[B]): Seq[A] = Collect.diff[A, B, Seq[A]](this, that, List.newBuilder[A])
  def intersect[B >: A](that: scala.collection.Seq[B]): Seq[A] =
    Collect.intersect[A, B, Seq[A]](this, that, List.newBuilder[A])
  def permutations: Iterator[Seq[A]] =
    new PermutationIterator[A](this).map[Seq[A]]((part: IterableOnce[A]) => Collect.all[A, Seq[A]](part, List.newBuilder[A]))
  def combinations(n: Int): Iterator[Seq[A]] =
    new CombinationIterator[A](this, n).map[Seq[A]]((part: IterableOnce[A]) => Collect.all[A, Seq[A]](part, List.newBuilder[A]))
}

/** A `Seq` with a condition that is tested when the elements are used. */
class SeqWithFilter[+A](from: Iterable[A], p: A => Boolean) extends WithFilter[A](from, p) {
  override def map[B](f: A => B): Seq[B] = Collect.map[A, B, Seq[B]](elements, f, List.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): Seq[B] =
    Collect.flatMap[A, B, Seq[B]](elements, f, List.newBuilder[B])
  override def withFilter(q: A => Boolean): SeqWithFilter[A] =
    new SeqWithFilter[A](from, (x: A) => p(x) && q(x))
}

object Seq {
  def empty[A]: Seq[A] = List.empty[A]
  def apply[A](elements: A*): Seq[A] = List.from[A](elements)
  def from[A](elements: IterableOnce[A]): Seq[A] = List.from[A](elements)
  def newBuilder[A]: scala.collection.mutable.Builder[A, Seq[A]] = List.newBuilder[A]
  def unapplySeq[A](elements: Seq[A]): Option[Seq[A]] = Some[Seq[A]](elements)
  def range(start: Int, end: Int): Seq[Int] = scala.collection.immutable.NumericRange[Int](start, end, 1)
  def range(start: Int, end: Int, step: Int): Seq[Int] = scala.collection.immutable.NumericRange[Int](start, end, step)
}

/** What a search in a sorted sequence found. */
sealed abstract class SearchResult {
  def insertionPoint: Int
}

final case class Found(foundIndex: Int) extends SearchResult {
  def insertionPoint: Int = foundIndex
}

final case class InsertionPoint(insertionPoint: Int) extends SearchResult
