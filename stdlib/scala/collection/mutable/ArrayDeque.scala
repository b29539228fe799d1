/** `ArrayDeque`: a sequence in a ring of slots; `Queue` and `Stack` are made of it. Adding and removing at both ends and
  * indexing take (amortised) constant time, inserting and removing elsewhere is linear.
  */
package scala.collection.mutable

import fvm.internal.{Arrays, Collect, Sorting}
import scala.collection.{CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator, SeqWithFilter}
import scala.collection.immutable.{List, Map}

class ArrayDeque[A](initial: Int) extends Buffer[A] with IndexedSeq[A] {
  def this() = this(16)

  private var slots: Array[Any] = new Array[Any](if (initial < 1) 1 else initial)
  private var start: Int = 0
  private var count: Int = 0

  override protected def className: String = "ArrayDeque"
  override protected def headFailure: String = "head of empty " + className
  override protected def lastFailure: String = "last of empty " + className
  override def length: Int = count
  override def knownSize: Int = count
  override def isEmpty: Boolean = count == 0
  override def iterator: Iterator[A] = new scala.collection.immutable.IndexIterator[A](this)
  override def reverseIterator: Iterator[A] = new scala.collection.immutable.ReverseIndexIterator[A](this)
  private def slot(index: Int): Int = {
    val i = start + index
    if (i >= slots.length) i - slots.length else i
  }
  override def apply(index: Int): A = {
    checkIndex(index, count)
    slots(slot(index)).asInstanceOf[A]
  }
  override def update(index: Int, x: A): Unit = {
    checkIndex(index, count)
    slots(slot(index)) = x
  }
  private def grow(): Unit =
    if (count == slots.length) {
      val larger = new Array[Any](count * 2)
      Arrays.copy(slots, start, larger, 0, count - start)
      Arrays.copy(slots, 0, larger, count - start, start)
      slots = larger
      start = 0
    }
  override def addOne(x: A): ArrayDeque[A] = {
    grow()
    slots(slot(count)) = x
    count += 1
    this
  }
  override def prepend(x: A): ArrayDeque[A] = {
    grow()
    start = if (start == 0) slots.length - 1 else start - 1
    slots(start) = x
    count += 1
    this
  }
  override def +=(x: A): ArrayDeque[A] = addOne(x)
  override def append(x: A): ArrayDeque[A] = addOne(x)
  override def prependAll(elements: IterableOnce[A]): ArrayDeque[A] = {
    elements.iterator.toList.reverse.foreach[Unit]((x: A) => { prepend(x); () })
    this
  }
  override def insert(index: Int, x: A): Unit = {
    checkIndex(index, count + 1)
    addOne(x)
    var i = count - 1
    while (i > index) {
      update(i, apply(i - 1))
      i -= 1
    }
    update(index, x)
  }
  override def remove(index: Int): A = {
    checkIndex(index, count)
    val x = apply(index)
    remove(index, 1)
    x
  }
  override def remove(index: Int, number: Int): Unit =
    if (number > 0) {
      checkIndex(index, count)
      val gone = if (number < count - index) number else count - index
      if (index == 0) {
        start = slot(gone)
        count -= gone
      } else {
        var i = index
        while (i + gone < count) {
          update(i, apply(i + gone))
          i += 1
        }
        count -= gone
      }
    } else if (number < 0) throw new IllegalArgumentException("removing negative number of elements: " + number)
  override def clear(): Unit = {
    start = 0
    count = 0
  }
  def removeHead(): A = {
    if (count == 0) throw new java.util.NoSuchElementException("empty collection")
    val x = apply(0)
    start = slot(1)
    count -= 1
    x
  }
  def removeLast(): A = {
    if (count == 0) throw new java.util.NoSuchElementException("empty collection")
    val x = apply(count - 1)
    count -= 1
    x
  }
  def removeHeadOption(): Option[A] = if (count == 0) None else Some[A](removeHead())
  def removeLastOption(): Option[A] = if (count == 0) None else Some[A](removeLast())
  def removeAll(): List[A] = {
    val all = toList
    clear()
    all
  }
  def removeHeadWhile(p: A => Boolean): List[A] = {
    val out = new ListBuffer[A]()
    while (count > 0 && p(apply(0))) out.addOne(removeHead())
    out.toList
  }
  def removeFirst(p: A => Boolean): Option[A] = {
    val i = indexWhere(p)
    if (i < 0) None else Some[A](remove(i))
  }
  /** A deque of the same kind. */
  /** An empty one of the same kind. */
  def like[B]: ArrayDeque[B] = new ArrayDeque[B]()
  override def collected[C](elements: Iterator[C]): Iterable[C] = Collect.all[C, ArrayDeque[C]](elements, new DequeBuilder[C](like[C]))

  // ── elements changed or joined ──
  override def map[B](f: A => B): ArrayDeque[B] =
    Collect.map[A, B, ArrayDeque[B]](this, f, new DequeBuilder[B](like[B]))
  override def flatMap[B](f: A => IterableOnce[B]): ArrayDeque[B] =
    Collect.flatMap[A, B, ArrayDeque[B]](this, f, new DequeBuilder[B](like[B]))
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): ArrayDeque[B] =
    Collect.flatMap[A, B, ArrayDeque[B]](this, ev, new DequeBuilder[B](like[B]))
  override def collect[B](f: PartialFunction[A, B]): ArrayDeque[B] =
    Collect.collect[A, B, ArrayDeque[B]](this, f, new DequeBuilder[B](like[B]))
  override def concat[B >: A](that: IterableOnce[B]): ArrayDeque[B] =
    Collect.concat[B, ArrayDeque[B]](this, that, new DequeBuilder[B](like[B]))
  override def ++[B >: A](that: IterableOnce[B]): ArrayDeque[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): ArrayDeque[(A, B)] =
    Collect.zip[A, B, ArrayDeque[(A, B)]](this, that, new DequeBuilder[(A, B)](like[(A, B)]))
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): ArrayDeque[(A1, B)] =
    Collect.zipAll[A1, B, ArrayDeque[(A1, B)]](this, that, x, y, new DequeBuilder[(A1, B)](like[(A1, B)]))
  override def zipWithIndex: ArrayDeque[(A, Int)] =
    Collect.zipWithIndex[A, ArrayDeque[(A, Int)]](this, new DequeBuilder[(A, Int)](like[(A, Int)]))
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (ArrayDeque[A1], ArrayDeque[A2]) =
    Collect.unzip[A, A1, A2, ArrayDeque[A1], ArrayDeque[A2]](this, ev, new DequeBuilder[A1](like[A1]), new DequeBuilder[A2](like[A2]))
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (ArrayDeque[A1], ArrayDeque[A2], ArrayDeque[A3]) =
    Collect.unzip3[A, A1, A2, A3, ArrayDeque[A1], ArrayDeque[A2], ArrayDeque[A3]](this, ev, new DequeBuilder[A1](like[A1]), new DequeBuilder[A2](like[A2]), new DequeBuilder[A3](like[A3]))
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (ArrayDeque[A1], ArrayDeque[A2]) =
    Collect.partitionMap[A, A1, A2, ArrayDeque[A1], ArrayDeque[A2]](this, f, new DequeBuilder[A1](like[A1]), new DequeBuilder[A2](like[A2]))
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): ArrayDeque[ArrayDeque[B]] =
    Collect.transpose[A, B, ArrayDeque[B], ArrayDeque[ArrayDeque[B]]](this, ev, () => new DequeBuilder[B](like[B]), new DequeBuilder[ArrayDeque[B]](like[ArrayDeque[B]]))
  override def scan[B >: A](zero: B)(f: (B, B) => B): ArrayDeque[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): ArrayDeque[B] =
    Collect.scanLeft[A, B, ArrayDeque[B]](this, zero, f, new DequeBuilder[B](like[B]))
  override def scanRight[B](zero: B)(f: (A, B) => B): ArrayDeque[B] =
    Collect.scanRight[A, B, ArrayDeque[B]](this, zero, f, new DequeBuilder[B](like[B]))
  override def withFilter(p: A => Boolean): ArrayDequeWithFilter[A] = new ArrayDequeWithFilter[A](this, p)
  override def appended[B >: A](x: B): ArrayDeque[B] =
    Collect.appended[B, ArrayDeque[B]](this, x, new DequeBuilder[B](like[B]))
  override def prepended[B >: A](x: B): ArrayDeque[B] =
    Collect.prepended[B, ArrayDeque[B]](x, this, new DequeBuilder[B](like[B]))
  override def appendedAll[B >: A](that: IterableOnce[B]): ArrayDeque[B] =
    Collect.concat[B, ArrayDeque[B]](this, that, new DequeBuilder[B](like[B]))
  override def prependedAll[B >: A](that: IterableOnce[B]): ArrayDeque[B] =
    Collect.concat[B, ArrayDeque[B]](that, this, new DequeBuilder[B](like[B]))
  override def :+[B >: A](x: B): ArrayDeque[B] = appended[B](x)
  override def +:[B >: A](x: B): ArrayDeque[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): ArrayDeque[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): ArrayDeque[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): ArrayDeque[B] =
    Collect.padTo[B, ArrayDeque[B]](this, length, x, new DequeBuilder[B](like[B]))
  override def updated[B >: A](index: Int, x: B): ArrayDeque[B] =
    if (index < 0 || index >= length) throw new IndexOutOfBoundsException(index.toString)
    else Collect.updated[B, ArrayDeque[B]](this, index, x, new DequeBuilder[B](like[B]))
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): ArrayDeque[B] =
    Collect.patch[B, ArrayDeque[B]](this, from, other, replaced, new DequeBuilder[B](like[B]))

  // ── some of the elements ──
  override def filter(p: A => Boolean): ArrayDeque[A] =
    Collect.filter[A, ArrayDeque[A]](this, p, true, new DequeBuilder[A](like[A]))
  override def filterNot(p: A => Boolean): ArrayDeque[A] =
    Collect.filter[A, ArrayDeque[A]](this, p, false, new DequeBuilder[A](like[A]))
  override def partition(p: A => Boolean): (ArrayDeque[A], ArrayDeque[A]) =
    Collect.partition[A, ArrayDeque[A]](this, p, new DequeBuilder[A](like[A]), new DequeBuilder[A](like[A]))
  override def take(n: Int): ArrayDeque[A] = Collect.slice[A, ArrayDeque[A]](this, 0, n, new DequeBuilder[A](like[A]))
  override def drop(n: Int): ArrayDeque[A] =
    Collect.slice[A, ArrayDeque[A]](this, n, Int.MaxValue, new DequeBuilder[A](like[A]))
  override def slice(from: Int, until: Int): ArrayDeque[A] =
    Collect.slice[A, ArrayDeque[A]](this, from, until, new DequeBuilder[A](like[A]))
  override def takeRight(n: Int): ArrayDeque[A] =
    Collect.takeRight[A, ArrayDeque[A]](this, n, new DequeBuilder[A](like[A]))
  override def dropRight(n: Int): ArrayDeque[A] =
    Collect.dropRight[A, ArrayDeque[A]](this, n, new DequeBuilder[A](like[A]))
  override def takeWhile(p: A => Boolean): ArrayDeque[A] =
    Collect.takeWhile[A, ArrayDeque[A]](this, p, new DequeBuilder[A](like[A]))
  override def dropWhile(p: A => Boolean): ArrayDeque[A] =
    Collect.dropWhile[A, ArrayDeque[A]](this, p, new DequeBuilder[A](like[A]))
  override def span(p: A => Boolean): (ArrayDeque[A], ArrayDeque[A]) =
    Collect.span[A, ArrayDeque[A]](this, p, new DequeBuilder[A](like[A]), new DequeBuilder[A](like[A]))
  override def splitAt(n: Int): (ArrayDeque[A], ArrayDeque[A]) =
    Collect.splitAt[A, ArrayDeque[A]](this, n, new DequeBuilder[A](like[A]), new DequeBuilder[A](like[A]))
  override def tail: ArrayDeque[A] = Collect.tail[A, ArrayDeque[A]](this, tailFailure, new DequeBuilder[A](like[A]))
  override def init: ArrayDeque[A] = Collect.init[A, ArrayDeque[A]](this, initFailure, new DequeBuilder[A](like[A]))
  override def tapEach[U](f: A => U): ArrayDeque[A] =
    Collect.tapEach[A, ArrayDeque[A]](this, f, new DequeBuilder[A](like[A]))
  override def tails: Iterator[ArrayDeque[A]] =
    Iterator.iterateUntil[ArrayDeque[A]](this, (x: ArrayDeque[A]) => x.isEmpty, (x: ArrayDeque[A]) => x.tail)
  override def inits: Iterator[ArrayDeque[A]] =
    Iterator.iterateUntil[ArrayDeque[A]](this, (x: ArrayDeque[A]) => x.isEmpty, (x: ArrayDeque[A]) => x.init)
  override def grouped(size: Int): Iterator[ArrayDeque[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[ArrayDeque[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[ArrayDeque[A]] =
    new GroupedIterator[A](iterator, size, step).map[ArrayDeque[A]]((part: IterableOnce[A]) => Collect.all[A, ArrayDeque[A]](part, new DequeBuilder[A](like[A])))
  override def groupBy[K](key: A => K): Map[K, ArrayDeque[A]] =
    Collect.groupBy[A, K, ArrayDeque[A]](this, key, () => new DequeBuilder[A](like[A]))
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, ArrayDeque[B]] =
    Collect.groupMap[A, K, B, ArrayDeque[B]](this, key, f, () => new DequeBuilder[B](like[B]))

  // ── another order ──
  override def reverse: ArrayDeque[A] = Collect.reverse[A, ArrayDeque[A]](this, new DequeBuilder[A](like[A]))
  override def sorted[B >: A](implicit ordering: Ordering[B]): ArrayDeque[A] =
    Collect.sorted[A, B, ArrayDeque[A]](this, ordering, new DequeBuilder[A](like[A]))
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): ArrayDeque[A] =
    Collect.sorted[A, A, ArrayDeque[A]](this, Ordering.by[A, B](f), new DequeBuilder[A](like[A]))
  override def sortWith(before: (A, A) => Boolean): ArrayDeque[A] =
    Collect.sorted[A, A, ArrayDeque[A]](this, Ordering.fromLessThan[A](before), new DequeBuilder[A](like[A]))
  override def distinct: ArrayDeque[A] =
    Collect.distinctBy[A, A, ArrayDeque[A]](this, (x: A) => x, new DequeBuilder[A](like[A]))
  override def distinctBy[B](f: A => B): ArrayDeque[A] =
    Collect.distinctBy[A, B, ArrayDeque[A]](this, f, new DequeBuilder[A](like[A]))
  override def diff[B >: A](that: scala.collection.Seq[B]): ArrayDeque[A] =
    Collect.diff[A, B, ArrayDeque[A]](this, that, new DequeBuilder[A](like[A]))
  override def intersect[B >: A](that: scala.collection.Seq[B]): ArrayDeque[A] =
    Collect.intersect[A, B, ArrayDeque[A]](this, that, new DequeBuilder[A](like[A]))
  override def permutations: Iterator[ArrayDeque[A]] =
    new PermutationIterator[A](this).map[ArrayDeque[A]]((part: IterableOnce[A]) => Collect.all[A, ArrayDeque[A]](part, new DequeBuilder[A](like[A])))
  override def combinations(n: Int): Iterator[ArrayDeque[A]] =
    new CombinationIterator[A](this, n).map[ArrayDeque[A]]((part: IterableOnce[A]) => Collect.all[A, ArrayDeque[A]](part, new DequeBuilder[A](like[A])))
}

/** A `ArrayDeque` with a condition that is tested when the elements are used. */
final class ArrayDequeWithFilter[A](from: ArrayDeque[A], p: A => Boolean) extends SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): ArrayDeque[B] = Collect.map[A, B, ArrayDeque[B]](elements, f, new DequeBuilder[B](from.like[B]))
  override def flatMap[B](f: A => IterableOnce[B]): ArrayDeque[B] =
    Collect.flatMap[A, B, ArrayDeque[B]](elements, f, new DequeBuilder[B](from.like[B]))
  override def withFilter(q: A => Boolean): ArrayDequeWithFilter[A] =
    new ArrayDequeWithFilter[A](from, (x: A) => p(x) && q(x))
}

object ArrayDeque extends scala.collection.SeqFactory[ArrayDeque] {
  def from[A](elements: IterableOnce[A]): ArrayDeque[A] = {
    val result = new ArrayDeque[A]()
    result.addAll(elements)
    result
  }
  def newBuilder[A]: Builder[A, ArrayDeque[A]] = new DequeBuilder[A](new ArrayDeque[A]())
  def unapplySeq[A](elements: ArrayDeque[A]): Option[List[A]] = Some[List[A]](elements.toList)
}

final class DequeBuilder[A](deque: ArrayDeque[A]) extends Builder[A, ArrayDeque[A]] {
  def addOne(x: A): Builder[A, ArrayDeque[A]] = {
    deque.append(x)
    this
  }
  def clear(): Unit = deque.clear()
  def result(): ArrayDeque[A] = deque
}

/** First in, first out. */
final class Queue[A](initial: Int) extends ArrayDeque[A](initial) {
  def this() = this(16)
  override protected def className: String = "Queue"
  override def like[B]: ArrayDeque[B] = new Queue[B]()
  override def addOne(x: A): Queue[A] = {
    super.addOne(x)
    this
  }
  override def +=(x: A): Queue[A] = addOne(x)
  def enqueue(x: A): Queue[A] = addOne(x)
  def enqueue(first: A, second: A, more: A*): Queue[A] = {
    addOne(first)
    addOne(second)
    addAll(more)
    this
  }
  def enqueueAll(elements: IterableOnce[A]): Queue[A] = {
    addAll(elements)
    this
  }
  def dequeue(): A = removeHead()
  def dequeueFirst(p: A => Boolean): Option[A] = removeFirst(p)
  def dequeueAll(p: A => Boolean): List[A] = {
    val gone = toList.filter(p)
    filterInPlace((x: A) => !p(x))
    gone
  }
  def dequeueWhile(p: A => Boolean): List[A] = removeHeadWhile(p)
  def front: A = head
  override def filter(p: A => Boolean): Queue[A] = super.filter(p).asInstanceOf[Queue[A]]
  override def map[B](f: A => B): Queue[B] = super.map[B](f).asInstanceOf[Queue[B]]
  override def clone(): Queue[A] = Queue.from[A](this)
}

object Queue extends scala.collection.SeqFactory[Queue] {
  def from[A](elements: IterableOnce[A]): Queue[A] = {
    val result = new Queue[A]()
    result.addAll(elements)
    result
  }
  def unapplySeq[A](elements: Queue[A]): Option[List[A]] = Some[List[A]](elements.toList)
}

/** Last in, first out; the first element is the top. */
final class Stack[A](initial: Int) extends ArrayDeque[A](initial) {
  def this() = this(16)
  override protected def className: String = "Stack"
  override def like[B]: ArrayDeque[B] = new Stack[B]()
  override def addOne(x: A): Stack[A] = {
    super.addOne(x)
    this
  }
  override def +=(x: A): Stack[A] = addOne(x)
  def push(x: A): Stack[A] = {
    prepend(x)
    this
  }
  def push(first: A, second: A, more: A*): Stack[A] = {
    push(first)
    push(second)
    pushAll(more)
  }
  def pushAll(elements: IterableOnce[A]): Stack[A] = {
    val it = elements.iterator
    while (it.hasNext) push(it.next())
    this
  }
  def pop(): A = removeHead()
  def popAll(): List[A] = removeAll()
  def popWhile(p: A => Boolean): List[A] = removeHeadWhile(p)
  def top: A = head
  override def clone(): Stack[A] = Stack.from[A](this)
}

object Stack extends scala.collection.SeqFactory[Stack] {
  def from[A](elements: IterableOnce[A]): Stack[A] = {
    val result = new Stack[A]()
    result.addAll(elements)
    result
  }
  def unapplySeq[A](elements: Stack[A]): Option[List[A]] = Some[List[A]](elements.toList)
}
