/** `ListBuffer`: a list under construction. Adding at both ends and `toList` take constant time; after `toList` the next
  * change copies, because the list must not change.
  */
package scala.collection.mutable

import fvm.internal.Collect
import scala.collection.{CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator, SeqWithFilter}
import scala.collection.immutable.{::, List, Map, Nil}

final class ListBuffer[A] extends Buffer[A] with Builder[A, List[A]] {
  private var first: List[A] = Nil
  private var lastCell: ::[A] = null
  private var count: Int = 0
  /** Whether `first` has been given away. */
  private var isShared: Boolean = false

  override protected def className: String = "ListBuffer"
  override def lazyZip[B](that: Iterable[B]): scala.collection.SeqLazyZip2[A, B, ListBuffer] =
    new scala.collection.SeqLazyZip2[A, B, ListBuffer](this, that, ListBuffer)
  override protected def headFailure: String = "next on empty iterator"
  override protected def lastFailure: String = "last of empty ListBuffer"
  override def length: Int = count
  override def knownSize: Int = count
  override def isEmpty: Boolean = count == 0
  override def iterator: Iterator[A] = first.iterator
  override def apply(index: Int): A = first(index)
  override def head: A = if (count == 0) throw new java.util.NoSuchElementException(headFailure) else first.head
  override def last: A = {
    if (count == 0) throw new java.util.NoSuchElementException(lastFailure)
    lastCell.head
  }
  override def foreach[U](f: A => U): Unit = first.foreach[U](f)

  /** Copies if the cells belong to a list as well. */
  private def own(): Unit =
    if (isShared) {
      val old = first
      clear()
      addAll(old)
    }
  override def addOne(x: A): ListBuffer[A] = {
    if (isShared) own()
    val cell = new ::[A](x, Nil)
    if (count == 0) first = cell else lastCell.next = cell
    lastCell = cell
    count += 1
    this
  }
  override def +=(x: A): ListBuffer[A] = addOne(x)
  override def addAll(elements: IterableOnce[A]): ListBuffer[A] = {
    val it = if (fvm.internal.AnyOps.same(elements, this)) toList.iterator else elements.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  override def ++=(elements: IterableOnce[A]): ListBuffer[A] = addAll(elements)
  override def append(x: A): ListBuffer[A] = addOne(x)
  override def appendAll(elements: IterableOnce[A]): ListBuffer[A] = addAll(elements)
  override def prepend(x: A): ListBuffer[A] = {
    insert(0, x)
    this
  }
  override def update(index: Int, x: A): Unit = {
    checkIndex(index, count)
    val all = first
    clear()
    addAll(all.take(index))
    addOne(x)
    addAll(all.drop(index + 1))
  }
  override def insert(index: Int, x: A): Unit =
    if (index == count) addOne(x)
    else {
      checkInsertion(index, index)
      own()
      if (index == 0) first = new ::[A](x, first)
      else {
        val before = cellAt(index - 1)
        before.next = new ::[A](x, before.next)
      }
      count += 1
    }
  override def insertAll(index: Int, elements: IterableOnce[A]): Unit = {
    checkInsertion(index, index)
    super.insertAll(index, elements)
  }
  override def remove(index: Int): A = {
    checkIndex(index, count)
    val x = first(index)
    remove(index, 1)
    x
  }
  override def remove(index: Int, number: Int): Unit =
    if (number > 0) {
      checkIndex(index, count)
      checkIndex(index + number - 1, count)
      val all = first
      clear()
      addAll(all.take(index))
      addAll(all.drop(index + number))
    } else if (number < 0) throw new IllegalArgumentException("removing negative number of elements: " + number)
  private def cellAt(index: Int): ::[A] = first.drop(index) match {
    case cell: ::[A] => cell
    case _ => throw new IndexOutOfBoundsException(index.toString)
  }
  override def clear(): Unit = {
    first = Nil
    lastCell = null
    count = 0
    isShared = false
  }
  override def toList: List[A] = {
    isShared = count > 0
    first
  }
  override def result(): List[A] = toList
  /** All elements in front of `rest`; the buffer must not be used any more. */
  def prependToList(rest: List[A]): List[A] =
    if (count == 0) rest
    else {
      own()
      lastCell.next = rest
      first
    }

  // ── elements changed or joined ──
  override def map[B](f: A => B): ListBuffer[B] = Collect.map[A, B, ListBuffer[B]](this, f, ListBuffer.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): ListBuffer[B] =
    Collect.flatMap[A, B, ListBuffer[B]](this, f, ListBuffer.newBuilder[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): ListBuffer[B] =
    Collect.flatMap[A, B, ListBuffer[B]](this, ev, ListBuffer.newBuilder[B])
  override def collect[B](f: PartialFunction[A, B]): ListBuffer[B] =
    Collect.collect[A, B, ListBuffer[B]](this, f, ListBuffer.newBuilder[B])
  override def concat[B >: A](that: IterableOnce[B]): ListBuffer[B] =
    Collect.concat[B, ListBuffer[B]](this, that, ListBuffer.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): ListBuffer[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): ListBuffer[(A, B)] =
    Collect.zip[A, B, ListBuffer[(A, B)]](this, that, ListBuffer.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): ListBuffer[(A1, B)] =
    Collect.zipAll[A1, B, ListBuffer[(A1, B)]](this, that, x, y, ListBuffer.newBuilder[(A1, B)])
  override def zipWithIndex: ListBuffer[(A, Int)] =
    Collect.zipWithIndex[A, ListBuffer[(A, Int)]](this, ListBuffer.newBuilder[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (ListBuffer[A1], ListBuffer[A2]) =
    Collect.unzip[A, A1, A2, ListBuffer[A1], ListBuffer[A2]](this, ev, ListBuffer.newBuilder[A1], ListBuffer.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (ListBuffer[A1], ListBuffer[A2], ListBuffer[A3]) =
    Collect.unzip3[A, A1, A2, A3, ListBuffer[A1], ListBuffer[A2], ListBuffer[A3]](this, ev, ListBuffer.newBuilder[A1], ListBuffer.newBuilder[A2], ListBuffer.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (ListBuffer[A1], ListBuffer[A2]) =
    Collect.partitionMap[A, A1, A2, ListBuffer[A1], ListBuffer[A2]](this, f, ListBuffer.newBuilder[A1], ListBuffer.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): ListBuffer[ListBuffer[B]] =
    Collect.transpose[A, B, ListBuffer[B], ListBuffer[ListBuffer[B]]](this, ev, () => ListBuffer.newBuilder[B], ListBuffer.newBuilder[ListBuffer[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): ListBuffer[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): ListBuffer[B] =
    Collect.scanLeft[A, B, ListBuffer[B]](this, zero, f, ListBuffer.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): ListBuffer[B] =
    Collect.scanRight[A, B, ListBuffer[B]](this, zero, f, ListBuffer.newBuilder[B])
  override def withFilter(p: A => Boolean): ListBufferWithFilter[A] = new ListBufferWithFilter[A](this, p)
  override def appended[B >: A](x: B): ListBuffer[B] =
    Collect.appended[B, ListBuffer[B]](this, x, ListBuffer.newBuilder[B])
  override def prepended[B >: A](x: B): ListBuffer[B] =
    Collect.prepended[B, ListBuffer[B]](x, this, ListBuffer.newBuilder[B])
  override def appendedAll[B >: A](that: IterableOnce[B]): ListBuffer[B] =
    Collect.concat[B, ListBuffer[B]](this, that, ListBuffer.newBuilder[B])
  override def prependedAll[B >: A](that: IterableOnce[B]): ListBuffer[B] =
    Collect.concat[B, ListBuffer[B]](that, this, ListBuffer.newBuilder[B])
  override def :+[B >: A](x: B): ListBuffer[B] = appended[B](x)
  override def +:[B >: A](x: B): ListBuffer[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): ListBuffer[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): ListBuffer[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): ListBuffer[B] =
    Collect.padTo[B, ListBuffer[B]](this, length, x, ListBuffer.newBuilder[B])
  override def updated[B >: A](index: Int, x: B): ListBuffer[B] =
    if (index < 0 || index >= length) throw new IndexOutOfBoundsException(index.toString)
    else Collect.updated[B, ListBuffer[B]](this, index, x, ListBuffer.newBuilder[B])
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): ListBuffer[B] =
    Collect.patch[B, ListBuffer[B]](this, from, other, replaced, ListBuffer.newBuilder[B])

  // ── some of the elements ──
  override def filter(p: A => Boolean): ListBuffer[A] =
    Collect.filter[A, ListBuffer[A]](this, p, true, ListBuffer.newBuilder[A])
  override def filterNot(p: A => Boolean): ListBuffer[A] =
    Collect.filter[A, ListBuffer[A]](this, p, false, ListBuffer.newBuilder[A])
  override def partition(p: A => Boolean): (ListBuffer[A], ListBuffer[A]) =
    Collect.partition[A, ListBuffer[A]](this, p, ListBuffer.newBuilder[A], ListBuffer.newBuilder[A])
  override def take(n: Int): ListBuffer[A] = Collect.slice[A, ListBuffer[A]](this, 0, n, ListBuffer.newBuilder[A])
  override def drop(n: Int): ListBuffer[A] =
    Collect.slice[A, ListBuffer[A]](this, n, Int.MaxValue, ListBuffer.newBuilder[A])
  override def slice(from: Int, until: Int): ListBuffer[A] =
    Collect.slice[A, ListBuffer[A]](this, from, until, ListBuffer.newBuilder[A])
  override def takeRight(n: Int): ListBuffer[A] =
    Collect.takeRight[A, ListBuffer[A]](this, n, ListBuffer.newBuilder[A])
  override def dropRight(n: Int): ListBuffer[A] =
    Collect.dropRight[A, ListBuffer[A]](this, n, ListBuffer.newBuilder[A])
  override def takeWhile(p: A => Boolean): ListBuffer[A] =
    Collect.takeWhile[A, ListBuffer[A]](this, p, ListBuffer.newBuilder[A])
  override def dropWhile(p: A => Boolean): ListBuffer[A] =
    Collect.dropWhile[A, ListBuffer[A]](this, p, ListBuffer.newBuilder[A])
  override def span(p: A => Boolean): (ListBuffer[A], ListBuffer[A]) =
    Collect.span[A, ListBuffer[A]](this, p, ListBuffer.newBuilder[A], ListBuffer.newBuilder[A])
  override def splitAt(n: Int): (ListBuffer[A], ListBuffer[A]) =
    Collect.splitAt[A, ListBuffer[A]](this, n, ListBuffer.newBuilder[A], ListBuffer.newBuilder[A])
  override def tail: ListBuffer[A] = Collect.tail[A, ListBuffer[A]](this, tailFailure, ListBuffer.newBuilder[A])
  override def init: ListBuffer[A] = Collect.init[A, ListBuffer[A]](this, initFailure, ListBuffer.newBuilder[A])
  override def tapEach[U](f: A => U): ListBuffer[A] =
    Collect.tapEach[A, ListBuffer[A]](this, f, ListBuffer.newBuilder[A])
  override def tails: Iterator[ListBuffer[A]] =
    Iterator.iterateUntil[ListBuffer[A]](this, (x: ListBuffer[A]) => x.isEmpty, (x: ListBuffer[A]) => x.tail)
  override def inits: Iterator[ListBuffer[A]] =
    Iterator.iterateUntil[ListBuffer[A]](this, (x: ListBuffer[A]) => x.isEmpty, (x: ListBuffer[A]) => x.init)
  override def grouped(size: Int): Iterator[ListBuffer[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[ListBuffer[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[ListBuffer[A]] =
    new GroupedIterator[A](iterator, size, step).map[ListBuffer[A]]((part: IterableOnce[A]) => Collect.all[A, ListBuffer[A]](part, ListBuffer.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, ListBuffer[A]] =
    Collect.groupBy[A, K, ListBuffer[A]](this, key, () => ListBuffer.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, ListBuffer[B]] =
    Collect.groupMap[A, K, B, ListBuffer[B]](this, key, f, () => ListBuffer.newBuilder[B])

  // ── another order ──
  override def reverse: ListBuffer[A] = Collect.reverse[A, ListBuffer[A]](this, ListBuffer.newBuilder[A])
  override def sorted[B >: A](implicit ordering: Ordering[B]): ListBuffer[A] =
    Collect.sorted[A, B, ListBuffer[A]](this, ordering, ListBuffer.newBuilder[A])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): ListBuffer[A] =
    Collect.sorted[A, A, ListBuffer[A]](this, Ordering.by[A, B](f), ListBuffer.newBuilder[A])
  override def sortWith(before: (A, A) => Boolean): ListBuffer[A] =
    Collect.sorted[A, A, ListBuffer[A]](this, Ordering.fromLessThan[A](before), ListBuffer.newBuilder[A])
  override def distinct: ListBuffer[A] =
    Collect.distinctBy[A, A, ListBuffer[A]](this, (x: A) => x, ListBuffer.newBuilder[A])
  override def distinctBy[B](f: A => B): ListBuffer[A] =
    Collect.distinctBy[A, B, ListBuffer[A]](this, f, ListBuffer.newBuilder[A])
  override def diff[B >: A](that: scala.collection.Seq[B]): ListBuffer[A] =
    Collect.diff[A, B, ListBuffer[A]](this, that, ListBuffer.newBuilder[A])
  override def intersect[B >: A](that: scala.collection.Seq[B]): ListBuffer[A] =
    Collect.intersect[A, B, ListBuffer[A]](this, that, ListBuffer.newBuilder[A])
  override def permutations: Iterator[ListBuffer[A]] =
    new PermutationIterator[A](this).map[ListBuffer[A]]((part: IterableOnce[A]) => Collect.all[A, ListBuffer[A]](part, ListBuffer.newBuilder[A]))
  override def combinations(n: Int): Iterator[ListBuffer[A]] =
    new CombinationIterator[A](this, n).map[ListBuffer[A]]((part: IterableOnce[A]) => Collect.all[A, ListBuffer[A]](part, ListBuffer.newBuilder[A]))
}

/** A `ListBuffer` with a condition that is tested when the elements are used. */
final class ListBufferWithFilter[+A](from: Iterable[A], p: A => Boolean) extends SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): ListBuffer[B] = Collect.map[A, B, ListBuffer[B]](elements, f, ListBuffer.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): ListBuffer[B] =
    Collect.flatMap[A, B, ListBuffer[B]](elements, f, ListBuffer.newBuilder[B])
  override def withFilter(q: A => Boolean): ListBufferWithFilter[A] =
    new ListBufferWithFilter[A](from, (x: A) => p(x) && q(x))
}

object ListBuffer extends scala.collection.SeqFactory[ListBuffer] {
  override def empty[A]: ListBuffer[A] = new ListBuffer[A]()
  def from[A](elements: IterableOnce[A]): ListBuffer[A] = new ListBuffer[A]().addAll(elements)
  def newBuilder[A]: Builder[A, ListBuffer[A]] = new ListBufferBuilder[A]()
  def unapplySeq[A](elements: ListBuffer[A]): Option[List[A]] = Some[List[A]](elements.toList)
}

/** Makes list buffers; the buffer's own result is a list. */
final class ListBufferBuilder[A] extends Builder[A, ListBuffer[A]] {
  private var buffer: ListBuffer[A] = new ListBuffer[A]()
  def addOne(x: A): Builder[A, ListBuffer[A]] = {
    buffer.addOne(x)
    this
  }
  def clear(): Unit = buffer = new ListBuffer[A]()
  def result(): ListBuffer[A] = buffer
}
