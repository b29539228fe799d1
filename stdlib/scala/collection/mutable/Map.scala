/** Maps that change. */
package scala.collection.mutable

import fvm.internal.Collect
import scala.collection.{GroupedIterator, Iterable, IterableOnce, Iterator, WithFilter}
import scala.collection.immutable.{Map as ImmutableMap, Seq}

/** A map that changes. */
trait Map[K, V] extends scala.collection.Map[K, V] with Growable[(K, V)] with Shrinkable[K] {
  def put(key: K, value: V): Option[V]
  def remove(key: K): Option[V]
  /** An empty map of the same kind. */
  def freshMap[K2, V2]: Map[K2, V2] = new HashMap[K2, V2]()
  def fresh[K2, V2]: Builder[(K2, V2), Map[K2, V2]] = new MapBuilder[K2, V2](freshMap[K2, V2])
  override def collected[C](elements: Iterator[C]): Iterable[C] = ArrayBuffer.from[C](elements)

  def update(key: K, value: V): Unit = put(key, value)
  override def addOne(entry: (K, V)): Map[K, V] = {
    put(entry._1, entry._2)
    this
  }
  override def +=(entry: (K, V)): Map[K, V] = addOne(entry)
  override def addAll(entries: IterableOnce[(K, V)]): Map[K, V] = {
    val it = entries.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  override def ++=(entries: IterableOnce[(K, V)]): Map[K, V] = addAll(entries)
  override def subtractOne(key: K): Map[K, V] = {
    remove(key)
    this
  }
  override def -=(key: K): Map[K, V] = subtractOne(key)
  override def subtractAll(keys: IterableOnce[K]): Map[K, V] = {
    val it = keys.iterator
    while (it.hasNext) subtractOne(it.next())
    this
  }
  override def --=(keys: IterableOnce[K]): Map[K, V] = subtractAll(keys)
  def getOrElseUpdate(key: K, value: => V): V = get(key) match {
    case Some(old) => old
    case None =>
      val fresh = value
      update(key, fresh)
      fresh
  }
  def updateWith(key: K)(f: Option[V] => Option[V]): Option[V] = {
    val old = get(key)
    val result = f(old)
    result match {
      case Some(value) => update(key, value)
      case None => if (old.nonEmpty) remove(key)
    }
    result
  }
  def mapValuesInPlace(f: (K, V) => V): Map[K, V] = {
    toList.foreach[Unit]((entry: (K, V)) => update(entry._1, f(entry._1, entry._2)))
    this
  }
  def filterInPlace(p: (K, V) => Boolean): Map[K, V] = {
    toList.foreach[Unit]((entry: (K, V)) => if (!p(entry._1, entry._2)) { remove(entry._1); () })
    this
  }
  override def clone(): Map[K, V] = freshMap[K, V].addAll(this)
  def keySet: scala.collection.Set[K] = new MutableKeySet[K, V](this)
  def keys: Iterable[K] = keySet
  def withDefaultValue(value: V): Map[K, V] = new MapWithDefault[K, V](this, (key: K) => value)
  def withDefault(f: K => V): Map[K, V] = new MapWithDefault[K, V](this, f)
  def concat[V1 >: V](that: IterableOnce[(K, V1)]): Map[K, V1] =
    Collect.concat[(K, V1), Map[K, V1]](this, that, fresh[K, V1])
  def ++[V1 >: V](that: IterableOnce[(K, V1)]): Map[K, V1] = concat[V1](that)
  def +[V1 >: V](entry: (K, V1)): Map[K, V1] = concat[V1](Iterator.single[(K, V1)](entry))
  def updated[V1 >: V](key: K, value: V1): Map[K, V1] = concat[V1](Iterator.single[(K, V1)]((key, value)))
  def -(key: K): Map[K, V] = clone().subtractOne(key)
  def --(keys: IterableOnce[K]): Map[K, V] = clone().subtractAll(keys)
  def mapValues[W](f: V => W): scala.collection.MapView[K, W] = view.mapValues[W](f)
  def filterKeys(p: K => Boolean): scala.collection.MapView[K, V] = view.filterKeys(p)

  def map[K2, V2](f: ((K, V)) => (K2, V2)): Map[K2, V2] =
    Collect.map[(K, V), (K2, V2), Map[K2, V2]](this, f, fresh[K2, V2])
  def flatMap[K2, V2](f: ((K, V)) => IterableOnce[(K2, V2)]): Map[K2, V2] =
    Collect.flatMap[(K, V), (K2, V2), Map[K2, V2]](this, f, fresh[K2, V2])
  def collect[K2, V2](f: PartialFunction[(K, V), (K2, V2)]): Map[K2, V2] =
    Collect.collect[(K, V), (K2, V2), Map[K2, V2]](this, f, fresh[K2, V2])

  override def map[B](f: ((K, V)) => B): Iterable[B] = Collect.map[(K, V), B, Iterable[B]](this, f, ArrayBuffer.newBuilder[B])
  override def flatMap[B](f: ((K, V)) => IterableOnce[B]): Iterable[B] =
    Collect.flatMap[(K, V), B, Iterable[B]](this, f, ArrayBuffer.newBuilder[B])
  override def collect[B](f: PartialFunction[(K, V), B]): Iterable[B] =
    Collect.collect[(K, V), B, Iterable[B]](this, f, ArrayBuffer.newBuilder[B])
  override def zip[B](that: IterableOnce[B]): Iterable[((K, V), B)] =
    Collect.zip[(K, V), B, Iterable[((K, V), B)]](this, that, ArrayBuffer.newBuilder[((K, V), B)])
  override def zipWithIndex: Iterable[((K, V), Int)] =
    Collect.zipWithIndex[(K, V), Iterable[((K, V), Int)]](this, ArrayBuffer.newBuilder[((K, V), Int)])
  override def filter(p: ((K, V)) => Boolean): Map[K, V] = Collect.filter[(K, V), Map[K, V]](this, p, true, fresh[K, V])
  override def filterNot(p: ((K, V)) => Boolean): Map[K, V] = Collect.filter[(K, V), Map[K, V]](this, p, false, fresh[K, V])
  override def partition(p: ((K, V)) => Boolean): (Map[K, V], Map[K, V]) =
    Collect.partition[(K, V), Map[K, V]](this, p, fresh[K, V], fresh[K, V])
  override def take(n: Int): Map[K, V] = Collect.slice[(K, V), Map[K, V]](this, 0, n, fresh[K, V])
  override def drop(n: Int): Map[K, V] = Collect.slice[(K, V), Map[K, V]](this, n, Int.MaxValue, fresh[K, V])
  override def slice(from: Int, until: Int): Map[K, V] = Collect.slice[(K, V), Map[K, V]](this, from, until, fresh[K, V])
  override def takeRight(n: Int): Map[K, V] = Collect.takeRight[(K, V), Map[K, V]](this, n, fresh[K, V])
  override def dropRight(n: Int): Map[K, V] = Collect.dropRight[(K, V), Map[K, V]](this, n, fresh[K, V])
  override def takeWhile(p: ((K, V)) => Boolean): Map[K, V] = Collect.takeWhile[(K, V), Map[K, V]](this, p, fresh[K, V])
  override def dropWhile(p: ((K, V)) => Boolean): Map[K, V] = Collect.dropWhile[(K, V), Map[K, V]](this, p, fresh[K, V])
  override def span(p: ((K, V)) => Boolean): (Map[K, V], Map[K, V]) =
    Collect.span[(K, V), Map[K, V]](this, p, fresh[K, V], fresh[K, V])
  override def splitAt(n: Int): (Map[K, V], Map[K, V]) = Collect.splitAt[(K, V), Map[K, V]](this, n, fresh[K, V], fresh[K, V])
  override def tail: Map[K, V] = Collect.tail[(K, V), Map[K, V]](this, tailFailure, fresh[K, V])
  override def init: Map[K, V] = Collect.init[(K, V), Map[K, V]](this, initFailure, fresh[K, V])
  override def tapEach[U](f: ((K, V)) => U): Map[K, V] = Collect.tapEach[(K, V), Map[K, V]](this, f, fresh[K, V])
  override def tails: Iterator[Map[K, V]] =
    Iterator.iterateUntil[Map[K, V]](this, (x: Map[K, V]) => x.isEmpty, (x: Map[K, V]) => x.tail)
  override def inits: Iterator[Map[K, V]] =
    Iterator.iterateUntil[Map[K, V]](this, (x: Map[K, V]) => x.isEmpty, (x: Map[K, V]) => x.init)
  override def grouped(size: Int): Iterator[Map[K, V]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Map[K, V]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Map[K, V]] =
    new GroupedIterator[(K, V)](iterator, size, step).map[Map[K, V]]((part: IterableOnce[(K, V)]) => Collect.all[(K, V), Map[K, V]](part, fresh[K, V]))
  override def groupBy[G](key: ((K, V)) => G): scala.collection.immutable.Map[G, Map[K, V]] =
    Collect.groupBy[(K, V), G, Map[K, V]](this, key, () => fresh[K, V])
  override def withFilter(p: ((K, V)) => Boolean): MapWithFilter[K, V] = new MapWithFilter[K, V](this, p)
}

/** A `Map` with a condition that is tested when the entries are used. */
final class MapWithFilter[K, V](from: Map[K, V], p: ((K, V)) => Boolean) extends WithFilter[(K, V)](from, p) {
  def map[K2, V2](f: ((K, V)) => (K2, V2)): Map[K2, V2] =
    Collect.map[(K, V), (K2, V2), Map[K2, V2]](elements, f, from.fresh[K2, V2])
  def flatMap[K2, V2](f: ((K, V)) => IterableOnce[(K2, V2)]): Map[K2, V2] =
    Collect.flatMap[(K, V), (K2, V2), Map[K2, V2]](elements, f, from.fresh[K2, V2])
  override def withFilter(q: ((K, V)) => Boolean): MapWithFilter[K, V] =
    new MapWithFilter[K, V](from, (entry: (K, V)) => p(entry) && q(entry))
}

object Map {
  def empty[K, V]: Map[K, V] = new HashMap[K, V]()
  def apply[K, V](entries: (K, V)*): Map[K, V] = HashMap.from[K, V](entries)
  def from[K, V](entries: IterableOnce[(K, V)]): Map[K, V] = HashMap.from[K, V](entries)
  def newBuilder[K, V]: Builder[(K, V), Map[K, V]] = new MapBuilder[K, V](new HashMap[K, V]())
}

/** Adds entries to a map. */
final class MapBuilder[K, V](map: Map[K, V]) extends Builder[(K, V), Map[K, V]] {
  def addOne(entry: (K, V)): Builder[(K, V), Map[K, V]] = {
    map.addOne(entry)
    this
  }
  def clear(): Unit = map.clear()
  def result(): Map[K, V] = map
}

/** The keys of a map, as a set that follows the map. */
class MutableKeySet[K, V](map: Map[K, V]) extends scala.collection.Set[K] {
  override def size: Int = map.size
  override def knownSize: Int = map.knownSize
  override def contains(x: K): Boolean = map.contains(x)
  override def iterator: Iterator[K] = map.keysIterator
}

/** A map with a value for missing keys. */
final class MapWithDefault[K, V](map: Map[K, V], f: K => V) extends Map[K, V] {
  override def size: Int = map.size
  override def knownSize: Int = map.knownSize
  override def get(key: K): Option[V] = map.get(key)
  override def contains(key: K): Boolean = map.contains(key)
  override def default(key: K): V = f(key)
  override def iterator: Iterator[(K, V)] = map.iterator
  override def put(key: K, value: V): Option[V] = map.put(key, value)
  override def remove(key: K): Option[V] = map.remove(key)
  override def clear(): Unit = map.clear()
}
