/** Sorted maps and sets that change, and bit sets: trees and bits as in `immutable`, in a variable. */
package scala.collection.mutable

import fvm.internal.{AnyOps, Bits, Branch, BranchIterator, Collect, Tree}
import scala.collection.{IterableOnce, Iterator}

export scala.collection.mutable.{TreeMap as SortedMap, TreeSet as SortedSet}

/** A map in the order of its keys. Operations on one key take O(log n). */
final class TreeMap[K, V](implicit val ordering: Ordering[K]) extends Map[K, V] {
  private var tree: Branch = null
  private def order: Ordering[Any] = Tree.orderOf[K](ordering)
  private def pair(branch: Branch): (K, V) = (branch.key.asInstanceOf[K], branch.value.asInstanceOf[V])
  override protected def className: String = "TreeMap"
  override def size: Int = Tree.size(tree)
  override def knownSize: Int = Tree.size(tree)
  override def isEmpty: Boolean = AnyOps.isNull(tree)
  override def get(key: K): Option[V] = {
    val found = Tree.find(tree, key, order)
    if (AnyOps.isNull(found)) None else Some[V](found.value.asInstanceOf[V])
  }
  override def contains(key: K): Boolean = !AnyOps.isNull(Tree.find(tree, key, order))
  override def put(key: K, value: V): Option[V] = {
    val old = get(key)
    tree = Tree.updated(tree, key, value, order)
    old
  }
  override def remove(key: K): Option[V] = {
    val old = get(key)
    tree = Tree.removed(tree, key, order)
    old
  }
  override def clear(): Unit = tree = null
  override def iterator: Iterator[(K, V)] = new BranchIterator(tree).map[(K, V)]((branch: Branch) => pair(branch))
  override def keysIterator: Iterator[K] = new BranchIterator(tree).map[K]((branch: Branch) => branch.key.asInstanceOf[K])
  override def keySet: scala.collection.Set[K] = new SortedKeySet[K, V](this)
  override def addOne(entry: (K, V)): TreeMap[K, V] = {
    tree = Tree.updated(tree, entry._1, entry._2, order)
    this
  }
  override def clone(): TreeMap[K, V] = of(tree)
  private def of(part: Branch): TreeMap[K, V] = {
    val result = new TreeMap[K, V]()
    result.tree = part
    result
  }
  def firstKey: K = head._1
  def lastKey: K = last._1
  override def head: (K, V) =
    if (isEmpty) throw new java.util.NoSuchElementException("None.get") else pair(Tree.first(tree))
  override def last: (K, V) =
    if (isEmpty) throw new java.util.NoSuchElementException("None.get") else pair(Tree.last(tree))
  override def headOption: Option[(K, V)] = if (isEmpty) None else Some[(K, V)](head)
  override def lastOption: Option[(K, V)] = if (isEmpty) None else Some[(K, V)](last)
  def minAfter(key: K): Option[(K, V)] = of(Tree.from(tree, key, order)).headOption
  def maxBefore(key: K): Option[(K, V)] = of(Tree.until(tree, key, false, order)).lastOption
  def iteratorFrom(start: K): Iterator[(K, V)] = of(Tree.from(tree, start, order)).iterator
  def keysIteratorFrom(start: K): Iterator[K] = of(Tree.from(tree, start, order)).keysIterator
  override def filter(p: ((K, V)) => Boolean): TreeMap[K, V] = of(null).addAllOf(iterator.filter(p))
  override def filterNot(p: ((K, V)) => Boolean): TreeMap[K, V] = of(null).addAllOf(iterator.filterNot(p))
  private def addAllOf(entries: Iterator[(K, V)]): TreeMap[K, V] = {
    addAll(entries)
    this
  }
  def map[K2, V2](f: ((K, V)) => (K2, V2))(implicit ordering: Ordering[K2]): TreeMap[K2, V2] =
    TreeMap.from[K2, V2](iterator.map[(K2, V2)](f))
}

object TreeMap {
  def empty[K, V](implicit ordering: Ordering[K]): TreeMap[K, V] = new TreeMap[K, V]()
  def apply[K, V](entries: (K, V)*)(implicit ordering: Ordering[K]): TreeMap[K, V] = from[K, V](entries)
  def from[K, V](entries: IterableOnce[(K, V)])(implicit ordering: Ordering[K]): TreeMap[K, V] = {
    val result = new TreeMap[K, V]()
    result.addAll(entries)
    result
  }
}

/** The keys of a map, as a set that follows the map. */
final class SortedKeySet[K, V](map: TreeMap[K, V]) extends MutableKeySet[K, V](map) {
  override protected def className: String = "SortedSet"
}

/** A set in the order of its elements. Operations on one element take O(log n). */
final class TreeSet[A](implicit val ordering: Ordering[A]) extends Set[A] {
  private var tree: Branch = null
  private def order: Ordering[Any] = Tree.orderOf[A](ordering)
  override protected def className: String = "TreeSet"
  override def size: Int = Tree.size(tree)
  override def knownSize: Int = Tree.size(tree)
  override def isEmpty: Boolean = AnyOps.isNull(tree)
  override def contains(x: A): Boolean = !AnyOps.isNull(Tree.find(tree, x, order))
  override def add(x: A): Boolean = {
    val isNew = !contains(x)
    if (isNew) tree = Tree.updated(tree, x, (), order)
    isNew
  }
  override def remove(x: A): Boolean = {
    val before = size
    tree = Tree.removed(tree, x, order)
    size < before
  }
  override def addOne(x: A): TreeSet[A] = {
    add(x)
    this
  }
  override def clear(): Unit = tree = null
  override def iterator: Iterator[A] = new BranchIterator(tree).map[A]((branch: Branch) => branch.key.asInstanceOf[A])
  override def clone(): TreeSet[A] = of(tree)
  private def of(part: Branch): TreeSet[A] = TreeSet.of[A](part)
  def firstKey: A = head
  def lastKey: A = last
  override def head: A =
    if (isEmpty) throw new java.util.NoSuchElementException("None.get")
    else Tree.first(tree).key.asInstanceOf[A]
  override def last: A =
    if (isEmpty) throw new java.util.NoSuchElementException("None.get")
    else Tree.last(tree).key.asInstanceOf[A]
  override def headOption: Option[A] = if (isEmpty) None else Some[A](head)
  override def lastOption: Option[A] = if (isEmpty) None else Some[A](last)
  def minAfter(key: A): Option[A] = of(Tree.from(tree, key, order)).headOption
  def maxBefore(key: A): Option[A] = of(Tree.until(tree, key, false, order)).lastOption
  def iteratorFrom(start: A): Iterator[A] = of(Tree.from(tree, start, order)).iterator
  override def filter(p: A => Boolean): TreeSet[A] = TreeSet.from[A](iterator.filter(p))
  override def filterNot(p: A => Boolean): TreeSet[A] = TreeSet.from[A](iterator.filterNot(p))
  override def concat(that: IterableOnce[A]): TreeSet[A] = {
    val result = clone()
    result.addAll(that)
    result
  }
  override def ++(that: IterableOnce[A]): TreeSet[A] = concat(that)
  override def |(that: scala.collection.Set[A]): TreeSet[A] = concat(that)
  override def union(that: scala.collection.Set[A]): TreeSet[A] = concat(that)
  override def intersect(that: scala.collection.Set[A]): TreeSet[A] = filter((x: A) => that.contains(x))
  override def &(that: scala.collection.Set[A]): TreeSet[A] = intersect(that)
  override def diff(that: scala.collection.Set[A]): TreeSet[A] = filter((x: A) => !that.contains(x))
  override def &~(that: scala.collection.Set[A]): TreeSet[A] = diff(that)
  def map[B](f: A => B)(implicit ordering: Ordering[B]): TreeSet[B] = TreeSet.from[B](iterator.map[B](f))
}

object TreeSet {
  def empty[A](implicit ordering: Ordering[A]): TreeSet[A] = new TreeSet[A]()
  def apply[A](elements: A*)(implicit ordering: Ordering[A]): TreeSet[A] = from[A](elements)
  def from[A](elements: IterableOnce[A])(implicit ordering: Ordering[A]): TreeSet[A] = {
    val result = new TreeSet[A]()
    result.addAll(elements)
    result
  }
  private[mutable] def of[A](tree: Branch)(implicit ordering: Ordering[A]): TreeSet[A] = {
    val result = new TreeSet[A]()
    result.tree = tree
    result
  }
}

/** A set of whole numbers that are not negative, one bit each. Operations on one element take constant time. */
final class BitSet extends Set[Int] {
  private var bits: Bits = new Bits()
  def this(hint: Int) = this()
  override protected def className: String = "BitSet"
  override def size: Int = bits.count
  override def isEmpty: Boolean = bits.next(0) < 0
  override def contains(x: Int): Boolean = bits.has(x)
  private def changed(x: Int, isIn: Boolean): Boolean = {
    if (x < 0) throw new IllegalArgumentException("requirement failed")
    val isNew = contains(x) != isIn
    if (isNew) bits.set(x, isIn)
    isNew
  }
  override def add(x: Int): Boolean = changed(x, true)
  override def remove(x: Int): Boolean = changed(x, false)
  override def addOne(x: Int): BitSet = {
    add(x)
    this
  }
  override def clear(): Unit = bits = new Bits()
  override def iterator: Iterator[Int] = bits.iterator(0)
  def iteratorFrom(start: Int): Iterator[Int] = bits.iterator(start)
  override def clone(): BitSet = BitSet.from(this)
  override def filter(p: Int => Boolean): BitSet = BitSet.from(iterator.filter(p))
  override def filterNot(p: Int => Boolean): BitSet = BitSet.from(iterator.filterNot(p))
  override def concat(that: IterableOnce[Int]): BitSet = BitSet.from(iterator.concat[Int](that.iterator))
  override def ++(that: IterableOnce[Int]): BitSet = concat(that)
  override def |(that: scala.collection.Set[Int]): BitSet = concat(that)
  override def &(that: scala.collection.Set[Int]): BitSet = filter((x: Int) => that.contains(x))
  override def &~(that: scala.collection.Set[Int]): BitSet = filter((x: Int) => !that.contains(x))
  def map(f: Int => Int): BitSet = BitSet.from(iterator.map[Int](f))
  def toImmutable: scala.collection.immutable.BitSet = scala.collection.immutable.BitSet.from(this)
}

object BitSet {
  def empty: BitSet = new BitSet()
  def apply(elements: Int*): BitSet = from(elements)
  def from(elements: IterableOnce[Int]): BitSet = {
    val result = new BitSet()
    result.addAll(elements)
    result
  }
}
