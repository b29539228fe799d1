/** Sets that change. */
package scala.collection.mutable

import fvm.internal.{AnyOps, Collect}
import scala.collection.{AbstractIterator, GroupedIterator, Iterable, IterableOnce, Iterator, WithFilter}
import scala.collection.immutable.{Map, Seq}

/** A set that changes. */
trait Set[A] extends scala.collection.Set[A] with Growable[A] with Shrinkable[A] {
  /** Adds an element; tells whether it is new. */
  def add(x: A): Boolean
  /** Removes an element; tells whether it was there. */
  def remove(x: A): Boolean
  /** An empty set of the same kind. */
  def freshSet[B]: Set[B] = new HashSet[B]()
  def fresh[B]: Builder[B, Set[B]] = new SetBuilder[B](freshSet[B])
  override def collected[C](elements: Iterator[C]): Iterable[C] = Collect.all[C, Set[C]](elements, fresh[C])

  override def addOne(x: A): Set[A] = {
    add(x)
    this
  }
  override def +=(x: A): Set[A] = addOne(x)
  override def addAll(elements: IterableOnce[A]): Set[A] = {
    val it = elements.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  override def ++=(elements: IterableOnce[A]): Set[A] = addAll(elements)
  override def subtractOne(x: A): Set[A] = {
    remove(x)
    this
  }
  override def -=(x: A): Set[A] = subtractOne(x)
  override def subtractAll(elements: IterableOnce[A]): Set[A] = {
    val it = elements.iterator
    while (it.hasNext) subtractOne(it.next())
    this
  }
  override def --=(elements: IterableOnce[A]): Set[A] = subtractAll(elements)
  def update(x: A, isIncluded: Boolean): Unit = if (isIncluded) add(x) else remove(x)
  def filterInPlace(p: A => Boolean): Set[A] = {
    toList.foreach[Unit]((x: A) => if (!p(x)) { remove(x); () })
    this
  }
  override def clone(): Set[A] = freshSet[A].addAll(this)
  def concat(that: IterableOnce[A]): Set[A] = Collect.concat[A, Set[A]](this, that, fresh[A])
  def ++(that: IterableOnce[A]): Set[A] = concat(that)
  def |(that: scala.collection.Set[A]): Set[A] = concat(that)
  def union(that: scala.collection.Set[A]): Set[A] = concat(that)
  def +(x: A): Set[A] = clone().addOne(x)
  def -(x: A): Set[A] = clone().subtractOne(x)
  def --(that: IterableOnce[A]): Set[A] = clone().subtractAll(that)
  def diff(that: scala.collection.Set[A]): Set[A] = filter((x: A) => !that.contains(x))
  def &~(that: scala.collection.Set[A]): Set[A] = diff(that)
  def intersect(that: scala.collection.Set[A]): Set[A] = filter((x: A) => that.contains(x))
  def &(that: scala.collection.Set[A]): Set[A] = intersect(that)

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

  override def filter(p: A => Boolean): Set[A] = Collect.filter[A, Set[A]](this, p, true, fresh[A])
  override def filterNot(p: A => Boolean): Set[A] = Collect.filter[A, Set[A]](this, p, false, fresh[A])
  override def partition(p: A => Boolean): (Set[A], Set[A]) =
    Collect.partition[A, Set[A]](this, p, fresh[A], fresh[A])
  override def take(n: Int): Set[A] = Collect.slice[A, Set[A]](this, 0, n, fresh[A])
  override def drop(n: Int): Set[A] = Collect.slice[A, Set[A]](this, n, Int.MaxValue, fresh[A])
  override def slice(from: Int, until: Int): Set[A] = Collect.slice[A, Set[A]](this, from, until, fresh[A])
  override def takeRight(n: Int): Set[A] = Collect.takeRight[A, Set[A]](this, n, fresh[A])
  override def dropRight(n: Int): Set[A] = Collect.dropRight[A, Set[A]](this, n, fresh[A])
  override def takeWhile(p: A => Boolean): Set[A] = Collect.takeWhile[A, Set[A]](this, p, fresh[A])
  override def dropWhile(p: A => Boolean): Set[A] = Collect.dropWhile[A, Set[A]](this, p, fresh[A])
  override def span(p: A => Boolean): (Set[A], Set[A]) =
    Collect.span[A, Set[A]](this, p, fresh[A], fresh[A])
  override def splitAt(n: Int): (Set[A], Set[A]) = Collect.splitAt[A, Set[A]](this, n, fresh[A], fresh[A])
  override def tail: Set[A] = Collect.tail[A, Set[A]](this, tailFailure, fresh[A])
  override def init: Set[A] = Collect.init[A, Set[A]](this, initFailure, fresh[A])
  override def tapEach[U](f: A => U): Set[A] = Collect.tapEach[A, Set[A]](this, f, fresh[A])
  override def tails: Iterator[Set[A]] =
    Iterator.iterateUntil[Set[A]](this, (x: Set[A]) => x.isEmpty, (x: Set[A]) => x.tail)
  override def inits: Iterator[Set[A]] =
    Iterator.iterateUntil[Set[A]](this, (x: Set[A]) => x.isEmpty, (x: Set[A]) => x.init)
  override def grouped(size: Int): Iterator[Set[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Set[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Set[A]] =
    new GroupedIterator[A](iterator, size, step).map[Set[A]]((part: IterableOnce[A]) => Collect.all[A, Set[A]](part, fresh[A]))
  override def groupBy[G](key: A => G): scala.collection.immutable.Map[G, Set[A]] =
    Collect.groupBy[A, G, Set[A]](this, key, () => fresh[A])
  override def withFilter(p: A => Boolean): SetWithFilter[A] = new SetWithFilter[A](this, p)
}

/** A `Set` with a condition that is tested when the elements are used. */
final class SetWithFilter[A](from: Set[A], p: A => Boolean) extends WithFilter[A](from, p) {
  override def map[B](f: A => B): Set[B] = Collect.map[A, B, Set[B]](elements, f, from.fresh[B])
  override def flatMap[B](f: A => IterableOnce[B]): Set[B] =
    Collect.flatMap[A, B, Set[B]](elements, f, from.fresh[B])
  override def withFilter(q: A => Boolean): SetWithFilter[A] =
    new SetWithFilter[A](from, (x: A) => p(x) && q(x))
}

object Set {
  def empty[A]: Set[A] = new HashSet[A]()
  def apply[A](elements: A*): Set[A] = HashSet.from[A](elements)
  def from[A](elements: IterableOnce[A]): Set[A] = HashSet.from[A](elements)
  def newBuilder[A]: Builder[A, Set[A]] = new SetBuilder[A](new HashSet[A]())
}

final class SetBuilder[A](set: Set[A]) extends Builder[A, Set[A]] {
  def addOne(x: A): Builder[A, Set[A]] = {
    set.addOne(x)
    this
  }
  def clear(): Unit = set.clear()
  def result(): Set[A] = set
}

/** A table of chains, in the order of Scala's. Operations on one element take constant time on average. */
final class HashSet[A](capacity: Int, loadFactor: Double) extends Set[A] {
  def this() = this(16, 0.75)

  private val table: HashTable = new HashTable(capacity)
  override protected def className: String = "HashSet"
  override def size: Int = table.size
  override def knownSize: Int = table.size
  override def isEmpty: Boolean = table.size == 0
  override def contains(x: A): Boolean = !AnyOps.isNull(table.find(x))
  override def add(x: A): Boolean = AnyOps.isNull(table.put(x, true))
  override def remove(x: A): Boolean = !AnyOps.isNull(table.remove(x))
  override def addOne(x: A): HashSet[A] = {
    table.put(x, true)
    this
  }
  override def addAll(elements: IterableOnce[A]): HashSet[A] = {
    table.sizeHint(elements.knownSize)
    val it = elements.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  override def clear(): Unit = table.clear()
  override def iterator: Iterator[A] = new TableKeyIterator[A](table)
}

object HashSet {
  def empty[A]: HashSet[A] = new HashSet[A]()
  def apply[A](elements: A*): HashSet[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): HashSet[A] =
    new HashSet[A](HashTable.capacityFor(elements.knownSize), 0.75).addAll(elements)
}

final class TableKeyIterator[A](table: HashTable) extends AbstractIterator[A] {
  private val cursor: TableCursor = new TableCursor(table)
  def hasNext: Boolean = cursor.hasNext
  def next(): A = cursor.next().key.asInstanceOf[A]
}
