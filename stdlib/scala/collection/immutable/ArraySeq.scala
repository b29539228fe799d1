/** `ArraySeq`: a sequence in an array, as repeated parameters arrive. Indexing takes constant time. */
package scala.collection.immutable

import fvm.internal.{Arrays, Collect, Sorting}
import scala.collection.{CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}
import scala.collection.mutable.Builder

/** The elements are those of `array`, an array of any class that nobody changes. */
final class ArraySeq[+A](array: Any) extends IndexedSeq[A] {
  private val count: Int = Arrays.length(array)
  override protected def className: String = "ArraySeq"
  override def lazyZip[B](that: Iterable[B]): scala.collection.SeqLazyZip2[A, B, ArraySeq] =
    new scala.collection.SeqLazyZip2[A, B, ArraySeq](this, that, ArraySeq)
  override protected def tailFailure: String = "tail of empty array"
  override def length: Int = count
  override def apply(index: Int): A = {
    if (index < 0 || index >= count)
      throw new ArrayIndexOutOfBoundsException("Index " + index + " out of bounds for length " + count)
    Arrays.get(array, index).asInstanceOf[A]
  }
  /** The array behind it. */
  def unsafeArray: Any = array

  // ── elements changed or joined ──
  override def map[B](f: A => B): ArraySeq[B] = Collect.map[A, B, ArraySeq[B]](this, f, ArraySeq.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): ArraySeq[B] =
    Collect.flatMap[A, B, ArraySeq[B]](this, f, ArraySeq.newBuilder[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): ArraySeq[B] =
    Collect.flatMap[A, B, ArraySeq[B]](this, ev, ArraySeq.newBuilder[B])
  override def collect[B](f: PartialFunction[A, B]): ArraySeq[B] =
    Collect.collect[A, B, ArraySeq[B]](this, f, ArraySeq.newBuilder[B])
  override def concat[B >: A](that: IterableOnce[B]): ArraySeq[B] =
    Collect.concat[B, ArraySeq[B]](this, that, ArraySeq.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): ArraySeq[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): ArraySeq[(A, B)] =
    Collect.zip[A, B, ArraySeq[(A, B)]](this, that, ArraySeq.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): ArraySeq[(A1, B)] =
    Collect.zipAll[A1, B, ArraySeq[(A1, B)]](this, that, x, y, ArraySeq.newBuilder[(A1, B)])
  override def zipWithIndex: ArraySeq[(A, Int)] =
    Collect.zipWithIndex[A, ArraySeq[(A, Int)]](this, ArraySeq.newBuilder[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (ArraySeq[A1], ArraySeq[A2]) =
    Collect.unzip[A, A1, A2, ArraySeq[A1], ArraySeq[A2]](this, ev, ArraySeq.newBuilder[A1], ArraySeq.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (ArraySeq[A1], ArraySeq[A2], ArraySeq[A3]) =
    Collect.unzip3[A, A1, A2, A3, ArraySeq[A1], ArraySeq[A2], ArraySeq[A3]](this, ev, ArraySeq.newBuilder[A1], ArraySeq.newBuilder[A2], ArraySeq.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (ArraySeq[A1], ArraySeq[A2]) =
    Collect.partitionMap[A, A1, A2, ArraySeq[A1], ArraySeq[A2]](this, f, ArraySeq.newBuilder[A1], ArraySeq.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): ArraySeq[ArraySeq[B]] =
    Collect.transpose[A, B, ArraySeq[B], ArraySeq[ArraySeq[B]]](this, ev, () => ArraySeq.newBuilder[B], ArraySeq.newBuilder[ArraySeq[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): ArraySeq[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): ArraySeq[B] =
    Collect.scanLeft[A, B, ArraySeq[B]](this, zero, f, ArraySeq.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): ArraySeq[B] =
    Collect.scanRight[A, B, ArraySeq[B]](this, zero, f, ArraySeq.newBuilder[B])
  override def withFilter(p: A => Boolean): ArraySeqWithFilter[A] = new ArraySeqWithFilter[A](this, p)
  override def appended[B >: A](x: B): ArraySeq[B] = Collect.appended[B, ArraySeq[B]](this, x, ArraySeq.newBuilder[B])
  override def prepended[B >: A](x: B): ArraySeq[B] =
    Collect.prepended[B, ArraySeq[B]](x, this, ArraySeq.newBuilder[B])
  override def appendedAll[B >: A](that: IterableOnce[B]): ArraySeq[B] =
    Collect.concat[B, ArraySeq[B]](this, that, ArraySeq.newBuilder[B])
  override def prependedAll[B >: A](that: IterableOnce[B]): ArraySeq[B] =
    Collect.concat[B, ArraySeq[B]](that, this, ArraySeq.newBuilder[B])
  override def :+[B >: A](x: B): ArraySeq[B] = appended[B](x)
  override def +:[B >: A](x: B): ArraySeq[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): ArraySeq[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): ArraySeq[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): ArraySeq[B] =
    Collect.padTo[B, ArraySeq[B]](this, length, x, ArraySeq.newBuilder[B])
  override def updated[B >: A](index: Int, x: B): ArraySeq[B] =
    Collect.updated[B, ArraySeq[B]](this, index, x, ArraySeq.newBuilder[B])
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): ArraySeq[B] =
    Collect.patch[B, ArraySeq[B]](this, from, other, replaced, ArraySeq.newBuilder[B])

  // ── some of the elements ──
  override def filter(p: A => Boolean): ArraySeq[A] =
    Collect.filter[A, ArraySeq[A]](this, p, true, ArraySeq.newBuilder[A])
  override def filterNot(p: A => Boolean): ArraySeq[A] =
    Collect.filter[A, ArraySeq[A]](this, p, false, ArraySeq.newBuilder[A])
  override def partition(p: A => Boolean): (ArraySeq[A], ArraySeq[A]) =
    Collect.partition[A, ArraySeq[A]](this, p, ArraySeq.newBuilder[A], ArraySeq.newBuilder[A])
  override def take(n: Int): ArraySeq[A] = Collect.slice[A, ArraySeq[A]](this, 0, n, ArraySeq.newBuilder[A])
  override def drop(n: Int): ArraySeq[A] =
    Collect.slice[A, ArraySeq[A]](this, n, Int.MaxValue, ArraySeq.newBuilder[A])
  override def slice(from: Int, until: Int): ArraySeq[A] =
    Collect.slice[A, ArraySeq[A]](this, from, until, ArraySeq.newBuilder[A])
  override def takeRight(n: Int): ArraySeq[A] = Collect.takeRight[A, ArraySeq[A]](this, n, ArraySeq.newBuilder[A])
  override def dropRight(n: Int): ArraySeq[A] = Collect.dropRight[A, ArraySeq[A]](this, n, ArraySeq.newBuilder[A])
  override def takeWhile(p: A => Boolean): ArraySeq[A] =
    Collect.takeWhile[A, ArraySeq[A]](this, p, ArraySeq.newBuilder[A])
  override def dropWhile(p: A => Boolean): ArraySeq[A] =
    Collect.dropWhile[A, ArraySeq[A]](this, p, ArraySeq.newBuilder[A])
  override def span(p: A => Boolean): (ArraySeq[A], ArraySeq[A]) =
    Collect.span[A, ArraySeq[A]](this, p, ArraySeq.newBuilder[A], ArraySeq.newBuilder[A])
  override def splitAt(n: Int): (ArraySeq[A], ArraySeq[A]) =
    Collect.splitAt[A, ArraySeq[A]](this, n, ArraySeq.newBuilder[A], ArraySeq.newBuilder[A])
  override def tail: ArraySeq[A] = Collect.tail[A, ArraySeq[A]](this, tailFailure, ArraySeq.newBuilder[A])
  override def init: ArraySeq[A] = Collect.init[A, ArraySeq[A]](this, initFailure, ArraySeq.newBuilder[A])
  override def tapEach[U](f: A => U): ArraySeq[A] = Collect.tapEach[A, ArraySeq[A]](this, f, ArraySeq.newBuilder[A])
  override def tails: Iterator[ArraySeq[A]] =
    Iterator.iterateUntil[ArraySeq[A]](this, (x: ArraySeq[A]) => x.isEmpty, (x: ArraySeq[A]) => x.tail)
  override def inits: Iterator[ArraySeq[A]] =
    Iterator.iterateUntil[ArraySeq[A]](this, (x: ArraySeq[A]) => x.isEmpty, (x: ArraySeq[A]) => x.init)
  override def grouped(size: Int): Iterator[ArraySeq[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[ArraySeq[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[ArraySeq[A]] =
    new GroupedIterator[A](iterator, size, step).map[ArraySeq[A]]((part: IterableOnce[A]) => Collect.all[A, ArraySeq[A]](part, ArraySeq.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, ArraySeq[A]] =
    Collect.groupBy[A, K, ArraySeq[A]](this, key, () => ArraySeq.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, ArraySeq[B]] =
    Collect.groupMap[A, K, B, ArraySeq[B]](this, key, f, () => ArraySeq.newBuilder[B])

  // ── another order ──
  override def reverse: ArraySeq[A] = Collect.reverse[A, ArraySeq[A]](this, ArraySeq.newBuilder[A])
  override def sorted[B >: A](implicit ordering: Ordering[B]): ArraySeq[A] =
    Collect.sorted[A, B, ArraySeq[A]](this, ordering, ArraySeq.newBuilder[A])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): ArraySeq[A] =
    Collect.sorted[A, A, ArraySeq[A]](this, Ordering.by[A, B](f), ArraySeq.newBuilder[A])
  override def sortWith(before: (A, A) => Boolean): ArraySeq[A] =
    Collect.sorted[A, A, ArraySeq[A]](this, Ordering.fromLessThan[A](before), ArraySeq.newBuilder[A])
  override def distinct: ArraySeq[A] =
    Collect.distinctBy[A, A, ArraySeq[A]](this, (x: A) => x, ArraySeq.newBuilder[A])
  override def distinctBy[B](f: A => B): ArraySeq[A] =
    Collect.distinctBy[A, B, ArraySeq[A]](this, f, ArraySeq.newBuilder[A])
  override def diff[B >: A](that: scala.collection.Seq[B]): ArraySeq[A] =
    Collect.diff[A, B, ArraySeq[A]](this, that, ArraySeq.newBuilder[A])
  override def intersect[B >: A](that: scala.collection.Seq[B]): ArraySeq[A] =
    Collect.intersect[A, B, ArraySeq[A]](this, that, ArraySeq.newBuilder[A])
  override def permutations: Iterator[ArraySeq[A]] =
    new PermutationIterator[A](this).map[ArraySeq[A]]((part: IterableOnce[A]) => Collect.all[A, ArraySeq[A]](part, ArraySeq.newBuilder[A]))
  override def combinations(n: Int): Iterator[ArraySeq[A]] =
    new CombinationIterator[A](this, n).map[ArraySeq[A]]((part: IterableOnce[A]) => Collect.all[A, ArraySeq[A]](part, ArraySeq.newBuilder[A]))
}

/** A `ArraySeq` with a condition that is tested when the elements are used. */
final class ArraySeqWithFilter[+A](from: Iterable[A], p: A => Boolean) extends IndexedSeqWithFilter[A](from, p) {
  override def map[B](f: A => B): ArraySeq[B] = Collect.map[A, B, ArraySeq[B]](elements, f, ArraySeq.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): ArraySeq[B] =
    Collect.flatMap[A, B, ArraySeq[B]](elements, f, ArraySeq.newBuilder[B])
  override def withFilter(q: A => Boolean): ArraySeqWithFilter[A] =
    new ArraySeqWithFilter[A](from, (x: A) => p(x) && q(x))
}

object ArraySeq extends scala.collection.SeqFactory[ArraySeq] {
  def from[A](elements: IterableOnce[A]): ArraySeq[A] = new ArraySeq[A](Sorting.elements[A](elements))
  /** The sequence that shares an array; the array must not be changed any more. */
  def unsafeWrapArray[A](array: Array[A]): ArraySeq[A] = new ArraySeq[A](array)
  def newBuilder[A]: Builder[A, ArraySeq[A]] = new ArraySeqBuilder[A]()
  def unapplySeq[A](elements: ArraySeq[A]): Option[ArraySeq[A]] = Some[ArraySeq[A]](elements)
}

final class ArraySeqBuilder[A] extends Builder[A, ArraySeq[A]] {
  private val buffer: scala.collection.mutable.ArrayBuffer[A] = new scala.collection.mutable.ArrayBuffer[A]()
  def addOne(x: A): Builder[A, ArraySeq[A]] = {
    buffer.addOne(x)
    this
  }
  def clear(): Unit = buffer.clear()
  def result(): ArraySeq[A] = new ArraySeq[A](Sorting.elements[A](buffer))
}

/** A string as a sequence of its UTF-16 units. */
final class WrappedString(text: String) extends IndexedSeq[Char] {
  override protected def className: String = "WrappedString"
  override protected def headFailure: String = "head of empty String"
  override protected def lastFailure: String = "last of empty String"
  override def length: Int = text.length
  override def apply(index: Int): Char = text.charAt(index)
  override def toString: String = text

  private def wrap(part: String): WrappedString = new WrappedString(part)
  private def wrapBoth(parts: (String, String)): (WrappedString, WrappedString) = (wrap(parts._1), wrap(parts._2))
  override def filter(p: Char => Boolean): WrappedString = wrap(text.filter(p))
  override def filterNot(p: Char => Boolean): WrappedString = wrap(text.filterNot(p))
  override def partition(p: Char => Boolean): (WrappedString, WrappedString) = wrapBoth(text.partition(p))
  override def take(n: Int): WrappedString = wrap(text.take(n))
  override def drop(n: Int): WrappedString = wrap(text.drop(n))
  override def takeRight(n: Int): WrappedString = wrap(text.takeRight(n))
  override def dropRight(n: Int): WrappedString = wrap(text.dropRight(n))
  override def slice(from: Int, until: Int): WrappedString = wrap(text.slice(from, until))
  override def takeWhile(p: Char => Boolean): WrappedString = wrap(text.takeWhile(p))
  override def dropWhile(p: Char => Boolean): WrappedString = wrap(text.dropWhile(p))
  override def span(p: Char => Boolean): (WrappedString, WrappedString) = wrapBoth(text.span(p))
  override def splitAt(n: Int): (WrappedString, WrappedString) = wrapBoth(text.splitAt(n))
  override def tail: WrappedString = wrap(text.tail)
  override def init: WrappedString = wrap(text.init)
  override def reverse: WrappedString = wrap(text.reverse)
}
