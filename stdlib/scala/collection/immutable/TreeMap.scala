/** `TreeMap`, also called `SortedMap`: a map in the order of its keys. Operations on one key and parts of the order take
  * O(log n); all others that make maps take O(n log n).
  */
package scala.collection.immutable

import fvm.internal.{AnyOps, Branch, BranchIterator, Collect, Tree}
import scala.annotation.unchecked.uncheckedVariance
import scala.collection.{IterableOnce, Iterator}
import scala.collection.mutable.Builder

export scala.collection.immutable.{TreeMap as SortedMap, TreeSet as SortedSet}

final class TreeMap[K, +V](tree: Branch)(implicit val ordering: Ordering[K]) extends Map[K, V] {
  def this()(implicit ordering: Ordering[K]) = this(null)(ordering)

  override protected def className: String = "TreeMap"
  private def order: Ordering[Any] = Tree.orderOf[K](ordering)
  private def of(part: Branch): TreeMap[K, V] = if (AnyOps.same(part, tree)) this else new TreeMap[K, V](part)(ordering)
  private def pair(branch: Branch): (K, V) = (branch.key.asInstanceOf[K], branch.value.asInstanceOf[V])
  private def pairOption(branch: Branch): Option[(K, V)] =
    if (AnyOps.isNull(branch)) None else Some[(K, V)](pair(branch))
  override def size: Int = Tree.size(tree)
  override def knownSize: Int = Tree.size(tree)
  override def isEmpty: Boolean = AnyOps.isNull(tree)
  override def get(key: K): Option[V] = {
    val found = Tree.find(tree, key, order)
    if (AnyOps.isNull(found)) None else Some[V](found.value.asInstanceOf[V])
  }
  override def contains(key: K): Boolean = !AnyOps.isNull(Tree.find(tree, key, order))
  override def iterator: Iterator[(K, V)] = new BranchIterator(tree).map[(K, V)]((branch: Branch) => pair(branch))
  override def keysIterator: Iterator[K] = new BranchIterator(tree).map[K]((branch: Branch) => branch.key.asInstanceOf[K])
  override def valuesIterator: Iterator[V] =
    new BranchIterator(tree).map[V]((branch: Branch) => branch.value.asInstanceOf[V])
  override def keySet: TreeSet[K] = new TreeSet[K](tree)(ordering)
  override def keys: TreeSet[K] = keySet
  override def fresh[K2, V2]: Builder[(K2, V2), Map[K2, V2]] = Map.newBuilder[K2, V2]
  override def freshSame: Builder[(K, V @uncheckedVariance), Map[K, V]] =
    new MapBuilder[K, V](new TreeMap[K, V](null)(ordering))
  private def same(map: Map[K, V]): TreeMap[K, V] = map.asInstanceOf[TreeMap[K, V]]

  override def updated[V1 >: V](key: K, value: V1): TreeMap[K, V1] =
    new TreeMap[K, V1](Tree.updated(tree, key, value, order))(ordering)
  override def removed(key: K): TreeMap[K, V] = of(Tree.removed(tree, key, order))
  override def +[V1 >: V](entry: (K, V1)): TreeMap[K, V1] = updated[V1](entry._1, entry._2)
  override def -(key: K): TreeMap[K, V] = removed(key)
  override def concat[V1 >: V](that: IterableOnce[(K, V1)]): TreeMap[K, V1] =
    super.concat[V1](that).asInstanceOf[TreeMap[K, V1]]
  override def ++[V1 >: V](that: IterableOnce[(K, V1)]): TreeMap[K, V1] = concat[V1](that)
  override def removedAll(keys: IterableOnce[K]): TreeMap[K, V] = same(super.removedAll(keys))
  override def --(keys: IterableOnce[K]): TreeMap[K, V] = removedAll(keys)
  override def updatedWith[V1 >: V](key: K)(f: Option[V] => Option[V1]): TreeMap[K, V1] =
    super.updatedWith[V1](key)(f).asInstanceOf[TreeMap[K, V1]]
  override def transform[W](f: (K, V) => W): TreeMap[K, W] = new TreeMap[K, W](changed(tree, f))(ordering)
  private def changed(part: Branch, f: (K, V) => Any): Branch =
    if (AnyOps.isNull(part)) part
    else {
      val left = changed(part.left, f)
      val value = f(part.key.asInstanceOf[K], part.value.asInstanceOf[V])
      new Branch(part.key, value, left, changed(part.right, f))
    }
  /** As a map without order. */
  def unsorted: Map[K, V] = this

  // ── by the order ──
  def firstKey: K = head._1
  def lastKey: K = last._1
  override def head: (K, V) =
    if (isEmpty) throw new java.util.NoSuchElementException("empty tree") else pair(Tree.first(tree))
  override def last: (K, V) =
    if (isEmpty) throw new java.util.NoSuchElementException("empty tree") else pair(Tree.last(tree))
  override def headOption: Option[(K, V)] = if (isEmpty) None else Some[(K, V)](head)
  override def lastOption: Option[(K, V)] = if (isEmpty) None else Some[(K, V)](last)
  def rangeFrom(from: K): TreeMap[K, V] = of(Tree.from(tree, from, order))
  def rangeUntil(until: K): TreeMap[K, V] = of(Tree.until(tree, until, false, order))
  def rangeTo(to: K): TreeMap[K, V] = of(Tree.until(tree, to, true, order))
  def range(from: K, until: K): TreeMap[K, V] = rangeFrom(from).rangeUntil(until)
  def from(key: K): TreeMap[K, V] = rangeFrom(key)
  def until(key: K): TreeMap[K, V] = rangeUntil(key)
  /** The entry with the smallest key that is not below `key`. */
  def minAfter(key: K): Option[(K, V)] = rangeFrom(key).headOption
  /** The entry with the largest key below `key`. */
  def maxBefore(key: K): Option[(K, V)] = rangeUntil(key).lastOption
  def iteratorFrom(start: K): Iterator[(K, V)] = rangeFrom(start).iterator
  def keysIteratorFrom(start: K): Iterator[K] = rangeFrom(start).keysIterator
  def valuesIteratorFrom(start: K): Iterator[V] = rangeFrom(start).valuesIterator
  override def take(n: Int): TreeMap[K, V] = of(Tree.take(tree, n))
  override def drop(n: Int): TreeMap[K, V] = of(Tree.drop(tree, n))
  override def slice(from: Int, until: Int): TreeMap[K, V] = take(until).drop(from)
  override def takeRight(n: Int): TreeMap[K, V] = drop(size - (if (n < 0) 0 else n))
  override def dropRight(n: Int): TreeMap[K, V] = take(size - (if (n < 0) 0 else n))
  override def splitAt(n: Int): (TreeMap[K, V], TreeMap[K, V]) = (take(n), drop(n))
  override def tail: TreeMap[K, V] = if (isEmpty) throw new java.util.NoSuchElementException("empty tree") else drop(1)
  override def init: TreeMap[K, V] = if (isEmpty) throw new java.util.NoSuchElementException("empty tree") else dropRight(1)

  // ── other maps ──
  def map[K2, V2](f: ((K, V)) => (K2, V2))(implicit ordering: Ordering[K2]): TreeMap[K2, V2] =
    Collect.map[(K, V), (K2, V2), TreeMap[K2, V2]](this, f, TreeMap.newBuilder[K2, V2])
  def flatMap[K2, V2](f: ((K, V)) => IterableOnce[(K2, V2)])(implicit ordering: Ordering[K2]): TreeMap[K2, V2] =
    Collect.flatMap[(K, V), (K2, V2), TreeMap[K2, V2]](this, f, TreeMap.newBuilder[K2, V2])
  def collect[K2, V2](f: PartialFunction[(K, V), (K2, V2)])(implicit ordering: Ordering[K2]): TreeMap[K2, V2] =
    Collect.collect[(K, V), (K2, V2), TreeMap[K2, V2]](this, f, TreeMap.newBuilder[K2, V2])
  override def filter(p: ((K, V)) => Boolean): TreeMap[K, V] = same(super.filter(p))
  override def filterNot(p: ((K, V)) => Boolean): TreeMap[K, V] = same(super.filterNot(p))
  override def partition(p: ((K, V)) => Boolean): (TreeMap[K, V], TreeMap[K, V]) = (filter(p), filterNot(p))
  override def takeWhile(p: ((K, V)) => Boolean): TreeMap[K, V] = take(prefix(p))
  override def dropWhile(p: ((K, V)) => Boolean): TreeMap[K, V] = drop(prefix(p))
  override def span(p: ((K, V)) => Boolean): (TreeMap[K, V], TreeMap[K, V]) = splitAt(prefix(p))
  private def prefix(p: ((K, V)) => Boolean): Int = {
    var n = 0
    val it = iterator
    while (it.hasNext && p(it.next())) n += 1
    n
  }
  override def withFilter(p: ((K, V)) => Boolean): TreeMapWithFilter[K, V] = new TreeMapWithFilter[K, V](this, p)
  override def tapEach[U](f: ((K, V)) => U): TreeMap[K, V] = {
    foreach[U](f)
    this
  }
}

/** A `TreeMap` with a condition that is tested when the entries are used. */
final class TreeMapWithFilter[K, +V](from: TreeMap[K, V], p: ((K, V)) => Boolean) extends MapWithFilter[K, V](from, p) {
  def map[K2, V2](f: ((K, V)) => (K2, V2))(implicit ordering: Ordering[K2]): TreeMap[K2, V2] =
    Collect.map[(K, V), (K2, V2), TreeMap[K2, V2]](elements, f, TreeMap.newBuilder[K2, V2])
  def flatMap[K2, V2](f: ((K, V)) => IterableOnce[(K2, V2)])(implicit ordering: Ordering[K2]): TreeMap[K2, V2] =
    Collect.flatMap[(K, V), (K2, V2), TreeMap[K2, V2]](elements, f, TreeMap.newBuilder[K2, V2])
  override def withFilter(q: ((K, V)) => Boolean): TreeMapWithFilter[K, V] =
    new TreeMapWithFilter[K, V](from, (entry: (K, V)) => p(entry) && q(entry))
}

object TreeMap {
  def empty[K, V](implicit ordering: Ordering[K]): TreeMap[K, V] = new TreeMap[K, V](null)(ordering)
  def apply[K, V](entries: (K, V)*)(implicit ordering: Ordering[K]): TreeMap[K, V] = empty[K, V].concat[V](entries)
  def from[K, V](entries: IterableOnce[(K, V)])(implicit ordering: Ordering[K]): TreeMap[K, V] =
    empty[K, V].concat[V](entries)
  def newBuilder[K, V](implicit ordering: Ordering[K]): Builder[(K, V), TreeMap[K, V]] =
    new MapBuilder[K, V](empty[K, V]).mapResult[TreeMap[K, V]]((map: Map[K, V]) => map.asInstanceOf[TreeMap[K, V]])
}
