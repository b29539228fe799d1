/** `Map`: keys with a value each. Up to four keys are kept in the order in which they came; more are in a `HashMap`, and
  * stay in one.
  */
package scala.collection.immutable

import fvm.internal.{AnyOps, Arrays, Collect, Sorting}
import scala.annotation.unchecked.uncheckedVariance
import scala.collection.{AbstractIterator, GroupedIterator, Iterable, IterableOnce, Iterator, WithFilter}
import scala.collection.mutable.Builder

/** An immutable map. Operations on one key take constant time up to four keys, then O(log32 n). */
trait Map[K, +V] extends scala.collection.Map[K, V] {
  def updated[V1 >: V](key: K, value: V1): Map[K, V1]
  def removed(key: K): Map[K, V]
  /** A builder of maps that are made from this one. */
  def fresh[K2, V2]: Builder[(K2, V2), Map[K2, V2]] = Map.newBuilder[K2, V2]
  /** A builder of maps with some of the entries of this one. */
  def freshSame: Builder[(K, V @uncheckedVariance), Map[K, V]] = fresh[K, V]

  def +[V1 >: V](entry: (K, V1)): Map[K, V1] = updated[V1](entry._1, entry._2)
  def +[V1 >: V](first: (K, V1), second: (K, V1), more: (K, V1)*): Map[K, V1] =
    updated[V1](first._1, first._2).updated[V1](second._1, second._2).concat[V1](more)
  def -(key: K): Map[K, V] = removed(key)
  def -(first: K, second: K, more: K*): Map[K, V] = removed(first).removed(second).removedAll(more)
  def concat[V1 >: V](that: IterableOnce[(K, V1)]): Map[K, V1] = {
    var result: Map[K, V1] = this
    val it = that.iterator
    while (it.hasNext) {
      val entry = it.next()
      result = result.updated[V1](entry._1, entry._2)
    }
    result
  }
  def ++[V1 >: V](that: IterableOnce[(K, V1)]): Map[K, V1] = concat[V1](that)
  def removedAll(keys: IterableOnce[K]): Map[K, V] = {
    var result: Map[K, V] = this
    val it = keys.iterator
    while (it.hasNext) result = result.removed(it.next())
    result
  }
  def --(keys: IterableOnce[K]): Map[K, V] = removedAll(keys)
  def updatedWith[V1 >: V](key: K)(f: Option[V] => Option[V1]): Map[K, V1] =
    f(get(key)) match {
      case Some(value) => updated[V1](key, value)
      case None => removed(key)
    }
  def transform[W](f: (K, V) => W): Map[K, W] =
    map[K, W]((entry: (K, V)) => (entry._1, f(entry._1, entry._2)))
  def mapValues[W](f: V => W): scala.collection.MapView[K, W] = view.mapValues[W](f)
  def filterKeys(p: K => Boolean): scala.collection.MapView[K, V] = view.filterKeys(p)
  def keySet: Set[K] = new KeySet[K](this)
  def keys: Iterable[K] = keySet
  def withDefaultValue[V1 >: V](value: V1): Map[K, V1] = new MapWithDefault[K, V1](this, (key: K) => value)
  def withDefault[V1 >: V](f: K => V1): Map[K, V1] = new MapWithDefault[K, V1](this, f)
  override def toMap[K2, V2](implicit ev: (K, V) <:< (K2, V2)): Map[K2, V2] =
    Map.from[K2, V2](this.asInstanceOf[Map[K2, V2]])

  def map[K2, V2](f: ((K, V)) => (K2, V2)): Map[K2, V2] =
    Collect.map[(K, V), (K2, V2), Map[K2, V2]](this, f, fresh[K2, V2])
  def flatMap[K2, V2](f: ((K, V)) => IterableOnce[(K2, V2)]): Map[K2, V2] =
    Collect.flatMap[(K, V), (K2, V2), Map[K2, V2]](this, f, fresh[K2, V2])
  def collect[K2, V2](f: PartialFunction[(K, V), (K2, V2)]): Map[K2, V2] =
    Collect.collect[(K, V), (K2, V2), Map[K2, V2]](this, f, fresh[K2, V2])

  override def filter(p: ((K, V)) => Boolean): Map[K, V] = Collect.filter[(K, V), Map[K, V]](this, p, true, freshSame)
  override def filterNot(p: ((K, V)) => Boolean): Map[K, V] = Collect.filter[(K, V), Map[K, V]](this, p, false, freshSame)
  override def partition(p: ((K, V)) => Boolean): (Map[K, V], Map[K, V]) =
    Collect.partition[(K, V), Map[K, V]](this, p, freshSame, freshSame)
  override def take(n: Int): Map[K, V] = Collect.slice[(K, V), Map[K, V]](this, 0, n, freshSame)
  override def drop(n: Int): Map[K, V] = Collect.slice[(K, V), Map[K, V]](this, n, Int.MaxValue, freshSame)
  override def slice(from: Int, until: Int): Map[K, V] = Collect.slice[(K, V), Map[K, V]](this, from, until, freshSame)
  override def takeRight(n: Int): Map[K, V] = Collect.takeRight[(K, V), Map[K, V]](this, n, freshSame)
  override def dropRight(n: Int): Map[K, V] = Collect.dropRight[(K, V), Map[K, V]](this, n, freshSame)
  override def takeWhile(p: ((K, V)) => Boolean): Map[K, V] = Collect.takeWhile[(K, V), Map[K, V]](this, p, freshSame)
  override def dropWhile(p: ((K, V)) => Boolean): Map[K, V] = Collect.dropWhile[(K, V), Map[K, V]](this, p, freshSame)
  override def span(p: ((K, V)) => Boolean): (Map[K, V], Map[K, V]) =
    Collect.span[(K, V), Map[K, V]](this, p, freshSame, freshSame)
  override def splitAt(n: Int): (Map[K, V], Map[K, V]) = Collect.splitAt[(K, V), Map[K, V]](this, n, freshSame, freshSame)
  override def tail: Map[K, V] = Collect.tail[(K, V), Map[K, V]](this, tailFailure, freshSame)
  override def init: Map[K, V] = Collect.init[(K, V), Map[K, V]](this, initFailure, freshSame)
  override def tapEach[U](f: ((K, V)) => U): Map[K, V] = Collect.tapEach[(K, V), Map[K, V]](this, f, freshSame)
  override def tails: Iterator[Map[K, V]] =
    Iterator.iterateUntil[Map[K, V]](this, (x: Map[K, V]) => x.isEmpty, (x: Map[K, V]) => x.tail)
  override def inits: Iterator[Map[K, V]] =
    Iterator.iterateUntil[Map[K, V]](this, (x: Map[K, V]) => x.isEmpty, (x: Map[K, V]) => x.init)
  override def grouped(size: Int): Iterator[Map[K, V]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Map[K, V]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Map[K, V]] =
    new GroupedIterator[(K, V)](iterator, size, step).map[Map[K, V]]((part: IterableOnce[(K, V)]) => Collect.all[(K, V), Map[K, V]](part, freshSame))
  override def groupBy[G](key: ((K, V)) => G): Map[G, Map[K, V]] =
    Collect.groupBy[(K, V), G, Map[K, V]](this, key, () => freshSame)
  override def withFilter(p: ((K, V)) => Boolean): MapWithFilter[K, V] = new MapWithFilter[K, V](this, p)
}

/** A `Map` with a condition that is tested when the entries are used. */
class MapWithFilter[K, +V](from: Map[K, V], p: ((K, V)) => Boolean) extends WithFilter[(K, V)](from, p) {
  def map[K2, V2](f: ((K, V)) => (K2, V2)): Map[K2, V2] =
    Collect.map[(K, V), (K2, V2), Map[K2, V2]](elements, f, from.fresh[K2, V2])
  def flatMap[K2, V2](f: ((K, V)) => IterableOnce[(K2, V2)]): Map[K2, V2] =
    Collect.flatMap[(K, V), (K2, V2), Map[K2, V2]](elements, f, from.fresh[K2, V2])
  override def withFilter(q: ((K, V)) => Boolean): MapWithFilter[K, V] =
    new MapWithFilter[K, V](from, (entry: (K, V)) => p(entry) && q(entry))
}

object Map {
  private val none: SmallMap[Any, Nothing] = new SmallMap[Any, Nothing](new Array[Any](0))
  def empty[K, V]: Map[K, V] = none.asInstanceOf[Map[K, V]]
  def apply[K, V](entries: (K, V)*): Map[K, V] = from[K, V](entries)
  def from[K, V](entries: IterableOnce[(K, V)]): Map[K, V] = entries match {
    case map: SmallMap[K, V] => map
    case map: HashMap[K, V] => map
    case _ => empty[K, V].concat[V](entries)
  }
  def newBuilder[K, V]: Builder[(K, V), Map[K, V]] = new MapBuilder[K, V](empty[K, V])
}

/** Up to four entries in the order in which their keys came: key, value, key, value, … */
final class SmallMap[K, +V](slots: Array[Any]) extends Map[K, V] {
  override def size: Int = slots.length >> 1
  override def knownSize: Int = slots.length >> 1
  override def isEmpty: Boolean = slots.length == 0
  private def indexOf(key: K): Int = {
    var i = slots.length - 2
    while (i >= 0 && slots(i) != key) i -= 2
    i
  }
  override def get(key: K): Option[V] = {
    val i = indexOf(key)
    if (i < 0) None else Some[V](slots(i + 1).asInstanceOf[V])
  }
  override def contains(key: K): Boolean = indexOf(key) >= 0
  override def iterator: Iterator[(K, V)] = new SmallMapIterator[K, V](slots)
  override def updated[V1 >: V](key: K, value: V1): Map[K, V1] = {
    val i = indexOf(key)
    if (i >= 0) {
      val changed = Sorting.resized(slots, slots.length, slots.length)
      changed(i + 1) = value
      new SmallMap[K, V1](changed)
    } else if (slots.length == 8) {
      var result = HashMap.empty[K, V1]
      var j = 0
      while (j < 8) {
        result = result.updated[V1](slots(j).asInstanceOf[K], slots(j + 1).asInstanceOf[V1])
        j += 2
      }
      result.updated[V1](key, value)
    } else {
      val larger = Sorting.resized(slots, slots.length, slots.length + 2)
      larger(slots.length) = key
      larger(slots.length + 1) = value
      new SmallMap[K, V1](larger)
    }
  }
  override def removed(key: K): Map[K, V] = {
    val at = indexOf(key)
    if (at < 0) this
    else {
      val smaller = new Array[Any](slots.length - 2)
      Arrays.copy(slots, 0, smaller, 0, at)
      Arrays.copy(slots, at + 2, smaller, at, slots.length - at - 2)
      new SmallMap[K, V](smaller)
    }
  }
}

final class SmallMapIterator[K, +V](slots: Array[Any]) extends AbstractIterator[(K, V)] {
  private var at: Int = 0
  override def knownSize: Int = (slots.length - at) >> 1
  def hasNext: Boolean = at < slots.length
  def next(): (K, V) = {
    if (at >= slots.length) Iterator.exhausted()
    val entry = (slots(at).asInstanceOf[K], slots(at + 1).asInstanceOf[V])
    at += 2
    entry
  }
}

/** More entries, in a trie. */
final class HashMap[K, +V](root: TrieNode) extends Map[K, V] {
  override protected def className: String = "HashMap"
  override def size: Int = root.size
  override def knownSize: Int = root.size
  override def isEmpty: Boolean = root.size == 0
  private def find(key: K): Any = Trie.get(root, key, Trie.hashOf(key))
  override def get(key: K): Option[V] = {
    val value = find(key)
    if (AnyOps.same(value, Trie.missing)) None else Some[V](value.asInstanceOf[V])
  }
  override def contains(key: K): Boolean = !AnyOps.same(find(key), Trie.missing)
  override def apply(key: K): V = {
    val value = find(key)
    if (AnyOps.same(value, Trie.missing)) default(key) else value.asInstanceOf[V]
  }
  override def getOrElse[V1 >: V](key: K, default: => V1): V1 = {
    val value = find(key)
    if (AnyOps.same(value, Trie.missing)) default else value.asInstanceOf[V1]
  }
  override def iterator: Iterator[(K, V)] = new TrieEntryIterator[K, V](root)
  override def updated[V1 >: V](key: K, value: V1): HashMap[K, V1] =
    new HashMap[K, V1](Trie.updated(root, key, value, Trie.hashOf(key), 0))
  override def removed(key: K): HashMap[K, V] = {
    val smaller = Trie.removed(root, key, Trie.hashOf(key), 0)
    if (AnyOps.same(smaller, root)) this else new HashMap[K, V](smaller)
  }
  override def fresh[K2, V2]: Builder[(K2, V2), Map[K2, V2]] =
    new MapBuilder[K2, V2](HashMap.empty[K2, V2])
  override def keySet: Set[K] = new HashSet[K](root, true)
}

object HashMap {
  private val none: HashMap[Any, Nothing] = new HashMap[Any, Nothing](Trie.empty)
  def empty[K, V]: HashMap[K, V] = none.asInstanceOf[HashMap[K, V]]
  def apply[K, V](entries: (K, V)*): HashMap[K, V] = from[K, V](entries)
  def from[K, V](entries: IterableOnce[(K, V)]): HashMap[K, V] = {
    var result = empty[K, V]
    val it = entries.iterator
    while (it.hasNext) {
      val entry = it.next()
      result = result.updated[V](entry._1, entry._2)
    }
    result
  }
}

final class TrieEntryIterator[K, +V](root: TrieNode) extends AbstractIterator[(K, V)] {
  private val cursor: TrieCursor = new TrieCursor(root)
  override def knownSize: Int = cursor.remaining
  def hasNext: Boolean = cursor.hasNext
  def next(): (K, V) = {
    cursor.advance()
    (cursor.key.asInstanceOf[K], cursor.value.asInstanceOf[V])
  }
}

/** Adds entries to a map. */
final class MapBuilder[K, V](start: Map[K, V]) extends Builder[(K, V), Map[K, V]] {
  private var map: Map[K, V] = start
  def addOne(entry: (K, V)): Builder[(K, V), Map[K, V]] = {
    map = map.updated[V](entry._1, entry._2)
    this
  }
  def clear(): Unit = map = start
  def result(): Map[K, V] = map
}

/** The keys of a map, in its order. */
final class KeySet[K](map: Map[K, Any]) extends Set[K] {
  override def size: Int = map.size
  override def knownSize: Int = map.knownSize
  override def contains(x: K): Boolean = map.contains(x)
  override def iterator: Iterator[K] = map.keysIterator
  private def copy: Set[K] = Set.empty[K].concat(map.keysIterator)
  override def incl(x: K): Set[K] = if (contains(x)) this else copy.incl(x)
  override def excl(x: K): Set[K] = if (contains(x)) copy.excl(x) else this
}

/** A map with a value for missing keys. */
final class MapWithDefault[K, +V](map: Map[K, V], f: K => V) extends Map[K, V] {
  override def size: Int = map.size
  override def knownSize: Int = map.knownSize
  override def isEmpty: Boolean = map.isEmpty
  override def get(key: K): Option[V] = map.get(key)
  override def contains(key: K): Boolean = map.contains(key)
  override def default(key: K): V = f(key)
  override def iterator: Iterator[(K, V)] = map.iterator
  override def updated[V1 >: V](key: K, value: V1): Map[K, V1] =
    new MapWithDefault[K, V1](map.updated[V1](key, value), f)
  override def removed(key: K): Map[K, V] = new MapWithDefault[K, V](map.removed(key), f)
  override def fresh[K2, V2]: Builder[(K2, V2), Map[K2, V2]] = map.fresh[K2, V2]
  override def freshSame: Builder[(K, V @uncheckedVariance), Map[K, V]] =
    map.freshSame.mapResult[Map[K, V]]((result: Map[K, V]) => new MapWithDefault[K, V](result, f))
}
