/** `ArrayBuffer`: a sequence in an array that grows. Indexing and adding at the end take (amortised) constant time,
  * inserting and removing elsewhere is linear.
  */
package scala.collection.mutable

import fvm.internal.{Arrays, Collect, Sorting}
import scala.collection.{AbstractIterator, CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator, SeqWithFilter}
import scala.collection.immutable.{List, Map}

final class ArrayBuffer[A](capacity: Int) extends Buffer[A] with IndexedSeq[A] with Builder[A, ArrayBuffer[A]] {
  def this() = this(16)

  private var slots: Array[Any] = new Array[Any](if (capacity < 1) 1 else capacity)
  private var count: Int = 0

  override protected def className: String = "ArrayBuffer"
  override def lazyZip[B](that: Iterable[B]): scala.collection.SeqLazyZip2[A, B, ArrayBuffer] =
    new scala.collection.SeqLazyZip2[A, B, ArrayBuffer](this, that, ArrayBuffer)
  override protected def headFailure: String = "head of empty ArrayBuffer"
  override protected def lastFailure: String = "last of empty ArrayBuffer"
  override def length: Int = count
  override def knownSize: Int = count
  override def iterator: Iterator[A] = new scala.collection.immutable.IndexIterator[A](this)
  override def reverseIterator: Iterator[A] = new scala.collection.immutable.ReverseIndexIterator[A](this)
  override def apply(index: Int): A = {
    checkIndex(index, count)
    slots(index).asInstanceOf[A]
  }
  override def update(index: Int, x: A): Unit = {
    checkIndex(index, count)
    slots(index) = x
  }
  override def head: A = if (count == 0) throw new java.util.NoSuchElementException(headFailure) else apply(0)
  override def last: A = if (count == 0) throw new java.util.NoSuchElementException(lastFailure) else apply(count - 1)
  override def foreach[U](f: A => U): Unit = {
    var i = 0
    while (i < count) {
      f(slots(i).asInstanceOf[A])
      i += 1
    }
  }

  private def reserve(needed: Int): Unit =
    if (needed > slots.length) slots = Sorting.resized(slots, count, if (needed > count * 2) needed else count * 2)
  override def sizeHint(size: Int): Unit = reserve(size)
  override def addOne(x: A): ArrayBuffer[A] = {
    if (count == slots.length) reserve(count + 1)
    slots(count) = x
    count += 1
    this
  }
  override def +=(x: A): ArrayBuffer[A] = addOne(x)
  override def addAll(elements: IterableOnce[A]): ArrayBuffer[A] = {
    val it = if (fvm.internal.AnyOps.same(elements, this)) toList.iterator else elements.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  override def ++=(elements: IterableOnce[A]): ArrayBuffer[A] = addAll(elements)
  override def append(x: A): ArrayBuffer[A] = addOne(x)
  override def appendAll(elements: IterableOnce[A]): ArrayBuffer[A] = addAll(elements)
  override def prepend(x: A): ArrayBuffer[A] = {
    insert(0, x)
    this
  }
  override def insert(index: Int, x: A): Unit = {
    checkInsertion(index, if (index < 0) index else index - 1)
    reserve(count + 1)
    Arrays.copy(slots, index, slots, index + 1, count - index)
    slots(index) = x
    count += 1
  }
  override def insertAll(index: Int, elements: IterableOnce[A]): Unit = {
    checkInsertion(index, if (index < 0) index else index - 1)
    val fresh = Sorting.elements[A](elements)
    reserve(count + fresh.length)
    Arrays.copy(slots, index, slots, index + fresh.length, count - index)
    Arrays.copy(fresh, 0, slots, index, fresh.length)
    count += fresh.length
  }
  override def remove(index: Int): A = {
    checkIndex(index, count)
    val x = slots(index).asInstanceOf[A]
    Arrays.copy(slots, index + 1, slots, index, count - index - 1)
    count -= 1
    x
  }
  override def remove(index: Int, number: Int): Unit =
    if (number > 0) {
      checkIndex(index, count)
      checkIndex(index + number - 1, count)
      Arrays.copy(slots, index + number, slots, index, count - index - number)
      count -= number
    } else if (number < 0) throw new IllegalArgumentException("removing negative number of elements: " + number)
  override def clear(): Unit = count = 0
  def clearAndShrink(size: Int = 16): ArrayBuffer[A] = {
    clear()
    this
  }
  override def result(): ArrayBuffer[A] = this

  // ── elements changed or joined ──
  override def map[B](f: A => B): ArrayBuffer[B] =
    Collect.map[A, B, ArrayBuffer[B]](this, f, ArrayBuffer.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): ArrayBuffer[B] =
    Collect.flatMap[A, B, ArrayBuffer[B]](this, f, ArrayBuffer.newBuilder[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): ArrayBuffer[B] =
    Collect.flatMap[A, B, ArrayBuffer[B]](this, ev, ArrayBuffer.newBuilder[B])
  override def collect[B](f: PartialFunction[A, B]): ArrayBuffer[B] =
    Collect.collect[A, B, ArrayBuffer[B]](this, f, ArrayBuffer.newBuilder[B])
  override def concat[B >: A](that: IterableOnce[B]): ArrayBuffer[B] =
    Collect.concat[B, ArrayBuffer[B]](this, that, ArrayBuffer.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): ArrayBuffer[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): ArrayBuffer[(A, B)] =
    Collect.zip[A, B, ArrayBuffer[(A, B)]](this, that, ArrayBuffer.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): ArrayBuffer[(A1, B)] =
    Collect.zipAll[A1, B, ArrayBuffer[(A1, B)]](this, that, x, y, ArrayBuffer.newBuilder[(A1, B)])
  override def zipWithIndex: ArrayBuffer[(A, Int)] =
    Collect.zipWithIndex[A, ArrayBuffer[(A, Int)]](this, ArrayBuffer.newBuilder[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (ArrayBuffer[A1], ArrayBuffer[A2]) =
    Collect.unzip[A, A1, A2, ArrayBuffer[A1], ArrayBuffer[A2]](this, ev, ArrayBuffer.newBuilder[A1], ArrayBuffer.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (ArrayBuffer[A1], ArrayBuffer[A2], ArrayBuffer[A3]) =
    Collect.unzip3[A, A1, A2, A3, ArrayBuffer[A1], ArrayBuffer[A2], ArrayBuffer[A3]](this, ev, ArrayBuffer.newBuilder[A1], ArrayBuffer.newBuilder[A2], ArrayBuffer.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (ArrayBuffer[A1], ArrayBuffer[A2]) =
    Collect.partitionMap[A, A1, A2, ArrayBuffer[A1], ArrayBuffer[A2]](this, f, ArrayBuffer.newBuilder[A1], ArrayBuffer.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): ArrayBuffer[ArrayBuffer[B]] =
    Collect.transpose[A, B, ArrayBuffer[B], ArrayBuffer[ArrayBuffer[B]]](this, ev, () => ArrayBuffer.newBuilder[B], ArrayBuffer.newBuilder[ArrayBuffer[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): ArrayBuffer[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): ArrayBuffer[B] =
    Collect.scanLeft[A, B, ArrayBuffer[B]](this, zero, f, ArrayBuffer.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): ArrayBuffer[B] =
    Collect.scanRight[A, B, ArrayBuffer[B]](this, zero, f, ArrayBuffer.newBuilder[B])
  override def withFilter(p: A => Boolean): ArrayBufferWithFilter[A] = new ArrayBufferWithFilter[A](this, p)
  override def appended[B >: A](x: B): ArrayBuffer[B] =
    Collect.appended[B, ArrayBuffer[B]](this, x, ArrayBuffer.newBuilder[B])
  override def prepended[B >: A](x: B): ArrayBuffer[B] =
    Collect.prepended[B, ArrayBuffer[B]](x, this, ArrayBuffer.newBuilder[B])
  override def appendedAll[B >: A](that: IterableOnce[B]): ArrayBuffer[B] =
    Collect.concat[B, ArrayBuffer[B]](this, that, ArrayBuffer.newBuilder[B])
  override def prependedAll[B >: A](that: IterableOnce[B]): ArrayBuffer[B] =
    Collect.concat[B, ArrayBuffer[B]](that, this, ArrayBuffer.newBuilder[B])
  override def :+[B >: A](x: B): ArrayBuffer[B] = appended[B](x)
  override def +:[B >: A](x: B): ArrayBuffer[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): ArrayBuffer[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): ArrayBuffer[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): ArrayBuffer[B] =
    Collect.padTo[B, ArrayBuffer[B]](this, length, x, ArrayBuffer.newBuilder[B])
  override def updated[B >: A](index: Int, x: B): ArrayBuffer[B] =
    if (index < 0 || index >= length) throw new IndexOutOfBoundsException(index.toString)
    else Collect.updated[B, ArrayBuffer[B]](this, index, x, ArrayBuffer.newBuilder[B])
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): ArrayBuffer[B] =
    Collect.patch[B, ArrayBuffer[B]](this, from, other, replaced, ArrayBuffer.newBuilder[B])

  // ── some of the elements ──
  override def filter(p: A => Boolean): ArrayBuffer[A] =
    Collect.filter[A, ArrayBuffer[A]](this, p, true, ArrayBuffer.newBuilder[A])
  override def filterNot(p: A => Boolean): ArrayBuffer[A] =
    Collect.filter[A, ArrayBuffer[A]](this, p, false, ArrayBuffer.newBuilder[A])
  override def partition(p: A => Boolean): (ArrayBuffer[A], ArrayBuffer[A]) =
    Collect.partition[A, ArrayBuffer[A]](this, p, ArrayBuffer.newBuilder[A], ArrayBuffer.newBuilder[A])
  override def take(n: Int): ArrayBuffer[A] = Collect.slice[A, ArrayBuffer[A]](this, 0, n, ArrayBuffer.newBuilder[A])
  override def drop(n: Int): ArrayBuffer[A] =
    Collect.slice[A, ArrayBuffer[A]](this, n, Int.MaxValue, ArrayBuffer.newBuilder[A])
  override def slice(from: Int, until: Int): ArrayBuffer[A] =
    Collect.slice[A, ArrayBuffer[A]](this, from, until, ArrayBuffer.newBuilder[A])
  override def takeRight(n: Int): ArrayBuffer[A] =
    Collect.takeRight[A, ArrayBuffer[A]](this, n, ArrayBuffer.newBuilder[A])
  override def dropRight(n: Int): ArrayBuffer[A] =
    Collect.dropRight[A, ArrayBuffer[A]](this, n, ArrayBuffer.newBuilder[A])
  override def takeWhile(p: A => Boolean): ArrayBuffer[A] =
    Collect.takeWhile[A, ArrayBuffer[A]](this, p, ArrayBuffer.newBuilder[A])
  override def dropWhile(p: A => Boolean): ArrayBuffer[A] =
    Collect.dropWhile[A, ArrayBuffer[A]](this, p, ArrayBuffer.newBuilder[A])
  override def span(p: A => Boolean): (ArrayBuffer[A], ArrayBuffer[A]) =
    Collect.span[A, ArrayBuffer[A]](this, p, ArrayBuffer.newBuilder[A], ArrayBuffer.newBuilder[A])
  override def splitAt(n: Int): (ArrayBuffer[A], ArrayBuffer[A]) =
    Collect.splitAt[A, ArrayBuffer[A]](this, n, ArrayBuffer.newBuilder[A], ArrayBuffer.newBuilder[A])
  override def tail: ArrayBuffer[A] = Collect.tail[A, ArrayBuffer[A]](this, tailFailure, ArrayBuffer.newBuilder[A])
  override def init: ArrayBuffer[A] = Collect.init[A, ArrayBuffer[A]](this, initFailure, ArrayBuffer.newBuilder[A])
  override def tapEach[U](f: A => U): ArrayBuffer[A] =
    Collect.tapEach[A, ArrayBuffer[A]](this, f, ArrayBuffer.newBuilder[A])
  override def tails: Iterator[ArrayBuffer[A]] =
    Iterator.iterateUntil[ArrayBuffer[A]](this, (x: ArrayBuffer[A]) => x.isEmpty, (x: ArrayBuffer[A]) => x.tail)
  override def inits: Iterator[ArrayBuffer[A]] =
    Iterator.iterateUntil[ArrayBuffer[A]](this, (x: ArrayBuffer[A]) => x.isEmpty, (x: ArrayBuffer[A]) => x.init)
  override def grouped(size: Int): Iterator[ArrayBuffer[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[ArrayBuffer[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[ArrayBuffer[A]] =
    new GroupedIterator[A](iterator, size, step).map[ArrayBuffer[A]]((part: IterableOnce[A]) => Collect.all[A, ArrayBuffer[A]](part, ArrayBuffer.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, ArrayBuffer[A]] =
    Collect.groupBy[A, K, ArrayBuffer[A]](this, key, () => ArrayBuffer.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, ArrayBuffer[B]] =
    Collect.groupMap[A, K, B, ArrayBuffer[B]](this, key, f, () => ArrayBuffer.newBuilder[B])

  // ── another order ──
  override def reverse: ArrayBuffer[A] = Collect.reverse[A, ArrayBuffer[A]](this, ArrayBuffer.newBuilder[A])
  override def sorted[B >: A](implicit ordering: Ordering[B]): ArrayBuffer[A] =
    Collect.sorted[A, B, ArrayBuffer[A]](this, ordering, ArrayBuffer.newBuilder[A])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): ArrayBuffer[A] =
    Collect.sorted[A, A, ArrayBuffer[A]](this, Ordering.by[A, B](f), ArrayBuffer.newBuilder[A])
  override def sortWith(before: (A, A) => Boolean): ArrayBuffer[A] =
    Collect.sorted[A, A, ArrayBuffer[A]](this, Ordering.fromLessThan[A](before), ArrayBuffer.newBuilder[A])
  override def distinct: ArrayBuffer[A] =
    Collect.distinctBy[A, A, ArrayBuffer[A]](this, (x: A) => x, ArrayBuffer.newBuilder[A])
  override def distinctBy[B](f: A => B): ArrayBuffer[A] =
    Collect.distinctBy[A, B, ArrayBuffer[A]](this, f, ArrayBuffer.newBuilder[A])
  override def diff[B >: A](that: scala.collection.Seq[B]): ArrayBuffer[A] =
    Collect.diff[A, B, ArrayBuffer[A]](this, that, ArrayBuffer.newBuilder[A])
  override def intersect[B >: A](that: scala.collection.Seq[B]): ArrayBuffer[A] =
    Collect.intersect[A, B, ArrayBuffer[A]](this, that, ArrayBuffer.newBuilder[A])
  override def permutations: Iterator[ArrayBuffer[A]] =
    new PermutationIterator[A](this).map[ArrayBuffer[A]]((part: IterableOnce[A]) => Collect.all[A, ArrayBuffer[A]](part, ArrayBuffer.newBuilder[A]))
  override def combinations(n: Int): Iterator[ArrayBuffer[A]] =
    new CombinationIterator[A](this, n).map[ArrayBuffer[A]]((part: IterableOnce[A]) => Collect.all[A, ArrayBuffer[A]](part, ArrayBuffer.newBuilder[A]))
}

/** A `ArrayBuffer` with a condition that is tested when the elements are used. */
final class ArrayBufferWithFilter[+A](from: Iterable[A], p: A => Boolean) extends SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): ArrayBuffer[B] = Collect.map[A, B, ArrayBuffer[B]](elements, f, ArrayBuffer.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): ArrayBuffer[B] =
    Collect.flatMap[A, B, ArrayBuffer[B]](elements, f, ArrayBuffer.newBuilder[B])
  override def withFilter(q: A => Boolean): ArrayBufferWithFilter[A] =
    new ArrayBufferWithFilter[A](from, (x: A) => p(x) && q(x))
}

object ArrayBuffer extends scala.collection.SeqFactory[ArrayBuffer] {
  override def empty[A]: ArrayBuffer[A] = new ArrayBuffer[A]()
  def from[A](elements: IterableOnce[A]): ArrayBuffer[A] = new ArrayBuffer[A]().addAll(elements)
  def newBuilder[A]: Builder[A, ArrayBuffer[A]] = new ArrayBuffer[A]()
  def unapplySeq[A](elements: ArrayBuffer[A]): Option[List[A]] = Some[List[A]](elements.toList)
}
