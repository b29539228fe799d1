/** `IndexedSeq`: an immutable sequence with fast access to every element. */
package scala.collection.immutable

import fvm.internal.Collect
import scala.collection.{AbstractIterator, CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}

/** A sequence with fast indexing; results of other operations are vectors unless a kind overrides them. */
trait IndexedSeq[+A] extends Seq[A] {
  override def toIndexedSeq: IndexedSeq[A] = this
  override def view: scala.collection.View[A] = new scala.collection.View[A](() => iterator, "IndexedSeqView")
  override def collected[C](elements: Iterator[C]): Iterable[C] = elements.toVector
  override def knownSize: Int = length
  override def iterator: Iterator[A] = new IndexIterator[A](this)
  override def reverseIterator: Iterator[A] = new ReverseIndexIterator[A](this)
  override def head: A = if (isEmpty) throw new java.util.NoSuchElementException(headFailure) else apply(0)
  override def last: A = if (isEmpty) throw new java.util.NoSuchElementException(lastFailure) else apply(length - 1)
  override protected def headFailure: String = "head of empty " + className
  override protected def lastFailure: String = "last of empty " + className
  override def foreach[U](f: A => U): Unit = {
    var i = 0
    while (i < length) {
      f(apply(i))
      i += 1
    }
  }
  override def foldRight[B](zero: B)(f: (A, B) => B): B = {
    var result = zero
    var i = length - 1
    while (i >= 0) {
      result = f(apply(i), result)
      i -= 1
    }
    result
  }

  // ── elements changed or joined ──
  override def map[B](f: A => B): IndexedSeq[B] = Collect.map[A, B, IndexedSeq[B]](this, f, Vector.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): IndexedSeq[B] =
    Collect.flatMap[A, B, IndexedSeq[B]](this, f, Vector.newBuilder[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): IndexedSeq[B] =
    Collect.flatMap[A, B, IndexedSeq[B]](this, ev, Vector.newBuilder[B])
  override def collect[B](f: PartialFunction[A, B]): IndexedSeq[B] =
    Collect.collect[A, B, IndexedSeq[B]](this, f, Vector.newBuilder[B])
  override def concat[B >: A](that: IterableOnce[B]): IndexedSeq[B] =
    Collect.concat[B, IndexedSeq[B]](this, that, Vector.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): IndexedSeq[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): IndexedSeq[(A, B)] =
    Collect.zip[A, B, IndexedSeq[(A, B)]](this, that, Vector.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): IndexedSeq[(A1, B)] =
    Collect.zipAll[A1, B, IndexedSeq[(A1, B)]](this, that, x, y, Vector.newBuilder[(A1, B)])
  override def zipWithIndex: IndexedSeq[(A, Int)] =
    Collect.zipWithIndex[A, IndexedSeq[(A, Int)]](this, Vector.newBuilder[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (IndexedSeq[A1], IndexedSeq[A2]) =
    Collect.unzip[A, A1, A2, IndexedSeq[A1], IndexedSeq[A2]](this, ev, Vector.newBuilder[A1], Vector.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (IndexedSeq[A1], IndexedSeq[A2], IndexedSeq[A3]) =
    Collect.unzip3[A, A1, A2, A3, IndexedSeq[A1], IndexedSeq[A2], IndexedSeq[A3]](this, ev, Vector.newBuilder[A1], Vector.newBuilder[A2], Vector.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (IndexedSeq[A1], IndexedSeq[A2]) =
    Collect.partitionMap[A, A1, A2, IndexedSeq[A1], IndexedSeq[A2]](this, f, Vector.newBuilder[A1], Vector.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): IndexedSeq[IndexedSeq[B]] =
    Collect.transpose[A, B, IndexedSeq[B], IndexedSeq[IndexedSeq[B]]](this, ev, () => Vector.newBuilder[B], Vector.newBuilder[IndexedSeq[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): IndexedSeq[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): IndexedSeq[B] =
    Collect.scanLeft[A, B, IndexedSeq[B]](this, zero, f, Vector.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): IndexedSeq[B] =
    Collect.scanRight[A, B, IndexedSeq[B]](this, zero, f, Vector.newBuilder[B])
  override def withFilter(p: A => Boolean): IndexedSeqWithFilter[A] = new IndexedSeqWithFilter[A](this, p)
  override def appended[B >: A](x: B): IndexedSeq[B] =
    Collect.appended[B, IndexedSeq[B]](this, x, Vector.newBuilder[B])
  override def prepended[B >: A](x: B): IndexedSeq[B] =
    Collect.prepended[B, IndexedSeq[B]](x, this, Vector.newBuilder[B])
  override def appendedAll[B >: A](that: IterableOnce[B]): IndexedSeq[B] =
    Collect.concat[B, IndexedSeq[B]](this, that, Vector.newBuilder[B])
  override def prependedAll[B >: A](that: IterableOnce[B]): IndexedSeq[B] =
    Collect.concat[B, IndexedSeq[B]](that, this, Vector.newBuilder[B])
  override def :+[B >: A](x: B): IndexedSeq[B] = appended[B](x)
  override def +:[B >: A](x: B): IndexedSeq[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): IndexedSeq[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): IndexedSeq[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): IndexedSeq[B] =
    Collect.padTo[B, IndexedSeq[B]](this, length, x, Vector.newBuilder[B])
  override def updated[B >: A](index: Int, x: B): IndexedSeq[B] =
    Collect.updated[B, IndexedSeq[B]](this, index, x, Vector.newBuilder[B])
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): IndexedSeq[B] =
    Collect.patch[B, IndexedSeq[B]](this, from, other, replaced, Vector.newBuilder[B])

  // ── some of the elements ──
  override def filter(p: A => Boolean): IndexedSeq[A] =
    Collect.filter[A, IndexedSeq[A]](this, p, true, Vector.newBuilder[A])
  override def filterNot(p: A => Boolean): IndexedSeq[A] =
    Collect.filter[A, IndexedSeq[A]](this, p, false, Vector.newBuilder[A])
  override def partition(p: A => Boolean): (IndexedSeq[A], IndexedSeq[A]) =
    Collect.partition[A, IndexedSeq[A]](this, p, Vector.newBuilder[A], Vector.newBuilder[A])
  override def take(n: Int): IndexedSeq[A] = Collect.slice[A, IndexedSeq[A]](this, 0, n, Vector.newBuilder[A])
  override def drop(n: Int): IndexedSeq[A] =
    Collect.slice[A, IndexedSeq[A]](this, n, Int.MaxValue, Vector.newBuilder[A])
  override def slice(from: Int, until: Int): IndexedSeq[A] =
    Collect.slice[A, IndexedSeq[A]](this, from, until, Vector.newBuilder[A])
  override def takeRight(n: Int): IndexedSeq[A] = Collect.takeRight[A, IndexedSeq[A]](this, n, Vector.newBuilder[A])
  override def dropRight(n: Int): IndexedSeq[A] = Collect.dropRight[A, IndexedSeq[A]](this, n, Vector.newBuilder[A])
  override def takeWhile(p: A => Boolean): IndexedSeq[A] =
    Collect.takeWhile[A, IndexedSeq[A]](this, p, Vector.newBuilder[A])
  override def dropWhile(p: A => Boolean): IndexedSeq[A] =
    Collect.dropWhile[A, IndexedSeq[A]](this, p, Vector.newBuilder[A])
  override def span(p: A => Boolean): (IndexedSeq[A], IndexedSeq[A]) =
    Collect.span[A, IndexedSeq[A]](this, p, Vector.newBuilder[A], Vector.newBuilder[A])
  override def splitAt(n: Int): (IndexedSeq[A], IndexedSeq[A]) =
    Collect.splitAt[A, IndexedSeq[A]](this, n, Vector.newBuilder[A], Vector.newBuilder[A])
  override def tail: IndexedSeq[A] = Collect.tail[A, IndexedSeq[A]](this, tailFailure, Vector.newBuilder[A])
  override def init: IndexedSeq[A] = Collect.init[A, IndexedSeq[A]](this, initFailure, Vector.newBuilder[A])
  override def tapEach[U](f: A => U): IndexedSeq[A] = Collect.tapEach[A, IndexedSeq[A]](this, f, Vector.newBuilder[A])
  override def tails: Iterator[IndexedSeq[A]] =
    Iterator.iterateUntil[IndexedSeq[A]](this, (x: IndexedSeq[A]) => x.isEmpty, (x: IndexedSeq[A]) => x.tail)
  override def inits: Iterator[IndexedSeq[A]] =
    Iterator.iterateUntil[IndexedSeq[A]](this, (x: IndexedSeq[A]) => x.isEmpty, (x: IndexedSeq[A]) => x.init)
  override def grouped(size: Int): Iterator[IndexedSeq[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[IndexedSeq[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[IndexedSeq[A]] =
    new GroupedIterator[A](iterator, size, step).map[IndexedSeq[A]]((part: IterableOnce[A]) => Collect.all[A, IndexedSeq[A]](part, Vector.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, IndexedSeq[A]] =
    Collect.groupBy[A, K, IndexedSeq[A]](this, key, () => Vector.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, IndexedSeq[B]] =
    Collect.groupMap[A, K, B, IndexedSeq[B]](this, key, f, () => Vector.newBuilder[B])

  // ── another order ──
  override def reverse: IndexedSeq[A] = Collect.reverse[A, IndexedSeq[A]](this, Vector.newBuilder[A])
  override def sorted[B >: A](implicit ordering: Ordering[B]): IndexedSeq[A] =
    Collect.sorted[A, B, IndexedSeq[A]](this, ordering, Vector.newBuilder[A])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): IndexedSeq[A] =
    Collect.sorted[A, A, IndexedSeq[A]](this, Ordering.by[A, B](f), Vector.newBuilder[A])
  override def sortWith(before: (A, A) => Boolean): IndexedSeq[A] =
    Collect.sorted[A, A, IndexedSeq[A]](this, Ordering.fromLessThan[A](before), Vector.newBuilder[A])
  override def distinct: IndexedSeq[A] =
    Collect.distinctBy[A, A, IndexedSeq[A]](this, (x: A) => x, Vector.newBuilder[A])
  override def distinctBy[B](f: A => B): IndexedSeq[A] =
    Collect.distinctBy[A, B, IndexedSeq[A]](this, f, Vector.newBuilder[A])
  override def diff[B >: A](that: scala.collection.Seq[B]): IndexedSeq[A] =
    Collect.diff[A, B, IndexedSeq[A]](this, that, Vector.newBuilder[A])
  override def intersect[B >: A](that: scala.collection.Seq[B]): IndexedSeq[A] =
    Collect.intersect[A, B, IndexedSeq[A]](this, that, Vector.newBuilder[A])
  override def permutations: Iterator[IndexedSeq[A]] =
    new PermutationIterator[A](this).map[IndexedSeq[A]]((part: IterableOnce[A]) => Collect.all[A, IndexedSeq[A]](part, Vector.newBuilder[A]))
  override def combinations(n: Int): Iterator[IndexedSeq[A]] =
    new CombinationIterator[A](this, n).map[IndexedSeq[A]]((part: IterableOnce[A]) => Collect.all[A, IndexedSeq[A]](part, Vector.newBuilder[A]))
}

/** A `IndexedSeq` with a condition that is tested when the elements are used. */
class IndexedSeqWithFilter[+A](from: Iterable[A], p: A => Boolean) extends SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): IndexedSeq[B] = Collect.map[A, B, IndexedSeq[B]](elements, f, Vector.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): IndexedSeq[B] =
    Collect.flatMap[A, B, IndexedSeq[B]](elements, f, Vector.newBuilder[B])
  override def withFilter(q: A => Boolean): IndexedSeqWithFilter[A] =
    new IndexedSeqWithFilter[A](from, (x: A) => p(x) && q(x))
}

object IndexedSeq extends scala.collection.SeqFactory[IndexedSeq] {
  def from[A](elements: IterableOnce[A]): IndexedSeq[A] = Vector.from[A](elements)
  override def range(start: Int, end: Int): IndexedSeq[Int] = NumericRange[Int](start, end, 1)
  override def range(start: Int, end: Int, step: Int): IndexedSeq[Int] = NumericRange[Int](start, end, step)
  def newBuilder[A]: scala.collection.mutable.Builder[A, IndexedSeq[A]] = Vector.newBuilder[A]
  def unapplySeq[A](elements: IndexedSeq[A]): Option[IndexedSeq[A]] = Some[IndexedSeq[A]](elements)
}

/** Goes over a sequence by index. */
final class IndexIterator[+A](from: scala.collection.Seq[A]) extends AbstractIterator[A] {
  private var at: Int = 0
  override def knownSize: Int = from.length - at
  def hasNext: Boolean = at < from.length
  def next(): A = {
    if (at >= from.length) Iterator.exhausted()
    val x = from(at)
    at += 1
    x
  }
}

/** Goes over a sequence by index, from the end. */
final class ReverseIndexIterator[+A](from: scala.collection.Seq[A]) extends AbstractIterator[A] {
  private var at: Int = from.length
  override def knownSize: Int = at
  def hasNext: Boolean = at > 0
  def next(): A = {
    if (at <= 0) Iterator.exhausted()
    at -= 1
    from(at)
  }
}
