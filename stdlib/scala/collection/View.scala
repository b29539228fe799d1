/** Views: collections whose operations wait until the elements are needed, each time anew. */
package scala.collection

import scala.collection.immutable.Map

/** The elements that `make` gives, which is called for every use. */
class View[+A](make: () => Iterator[A], name: String) extends Iterable[A] {
  def this(make: () => Iterator[A]) = this(make, "View")
  override def iterator: Iterator[A] = make()
  override def toString: String = name + "(<not computed>)"
  private def from[B](makeIterator: () => Iterator[B]): View[B] = new View[B](makeIterator)
  override def view: View[A] = this
  /** A view of a sequence where this is one. */
  private def like[B](makeIterator: () => Iterator[B]): View[B] = new View[B](makeIterator, name)
  override def map[B](f: A => B): View[B] = like[B](() => iterator.map[B](f))
  override def flatMap[B](f: A => IterableOnce[B]): View[B] = from[B](() => iterator.flatMap[B](f))
  override def filter(p: A => Boolean): View[A] = from[A](() => iterator.filter(p))
  override def filterNot(p: A => Boolean): View[A] = from[A](() => iterator.filterNot(p))
  override def collect[B](f: PartialFunction[A, B]): View[B] = from[B](() => iterator.collect[B](f))
  override def take(n: Int): View[A] = like[A](() => iterator.take(n))
  override def drop(n: Int): View[A] = like[A](() => iterator.drop(n))
  override def slice(start: Int, end: Int): View[A] = from[A](() => iterator.slice(start, end))
  override def takeWhile(p: A => Boolean): View[A] = from[A](() => iterator.takeWhile(p))
  override def dropWhile(p: A => Boolean): View[A] = from[A](() => iterator.dropWhile(p))
  override def zip[B](that: IterableOnce[B]): View[(A, B)] = from[(A, B)](() => iterator.zip[B](that))
  override def zipWithIndex: View[(A, Int)] = from[(A, Int)](() => iterator.zipWithIndex)
  override def concat[B >: A](that: IterableOnce[B]): View[B] = from[B](() => iterator.concat[B](that.iterator))
  override def ++[B >: A](that: IterableOnce[B]): View[B] = concat[B](that)
  override def scanLeft[B](zero: B)(f: (B, A) => B): View[B] = from[B](() => iterator.scanLeft[B](zero)(f))
  override def tail: View[A] = drop(1)
  override def tapEach[U](f: A => U): View[A] = from[A](() => iterator.tapEach[U](f))
  override def takeRight(n: Int): View[A] = like[A](() => toList.takeRight(n).iterator)
  override def dropRight(n: Int): View[A] = like[A](() => toList.dropRight(n).iterator)
  def sorted[B >: A](implicit ordering: Ordering[B]): View[A] =
    new View[A](() => toList.sorted[B].iterator, "SeqView")
  def reverse: View[A] = like[A](() => toList.reverse.iterator)
  def distinct: View[A] = from[A](() => iterator.distinct)
  def distinctBy[B](f: A => B): View[A] = from[A](() => iterator.distinctBy[B](f))
  def indexWhere(p: A => Boolean): Int = iterator.indexWhere(p)
  def indexOf[B >: A](value: B): Int = iterator.indexOf[B](value)
  def length: Int = size
  def force: scala.collection.immutable.Seq[A] = toVector
}

object View {
  def from[A](elements: IterableOnce[A]): View[A] = new View[A](() => elements.iterator)
  def iterate[A](start: A, n: Int)(f: A => A): View[A] = new View[A](() => Iterator.iterate[A](start)(f).take(n))
}

/** A view of a map. */
final class MapView[K, +V](make: () => Iterator[(K, V)]) extends View[(K, V)](make) {
  override def toString: String = "MapView(<not computed>)"
  def mapValues[W](f: V => W): MapView[K, W] =
    new MapView[K, W](() => iterator.map[(K, W)]((entry: (K, V)) => (entry._1, f(entry._2))))
  def filterKeys(p: K => Boolean): MapView[K, V] =
    new MapView[K, V](() => iterator.filter((entry: (K, V)) => p(entry._1)))
  override def filter(p: ((K, V)) => Boolean): MapView[K, V] = new MapView[K, V](() => iterator.filter(p))
  override def filterNot(p: ((K, V)) => Boolean): MapView[K, V] = new MapView[K, V](() => iterator.filterNot(p))
  def get(key: K): Option[V] = iterator.find((entry: (K, V)) => entry._1 == key).map[V]((entry: (K, V)) => entry._2)
  def apply(key: K): V = get(key).get
  def contains(key: K): Boolean = get(key).nonEmpty
  def keys: Iterable[K] = map[K]((entry: (K, V)) => entry._1)
  def values: Iterable[V] = map[V]((entry: (K, V)) => entry._2)
}
