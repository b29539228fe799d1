/** `TreeSet`, also called `SortedSet`: a set in the order of its elements. Operations on one element and parts of the
  * order take O(log n); all others that make sets take O(n log n).
  */
package scala.collection.immutable

import fvm.internal.{AnyOps, Branch, BranchIterator, Collect, Tree}
import scala.collection.{IterableOnce, Iterator}
import scala.collection.mutable.Builder

final class TreeSet[A](tree: Branch)(implicit val ordering: Ordering[A]) extends Set[A] {
  def this()(implicit ordering: Ordering[A]) = this(null)(ordering)

  override protected def className: String = "TreeSet"
  private def order: Ordering[Any] = Tree.orderOf[A](ordering)
  private def of(part: Branch): TreeSet[A] = if (AnyOps.same(part, tree)) this else new TreeSet[A](part)(ordering)
  override def size: Int = Tree.size(tree)
  override def knownSize: Int = Tree.size(tree)
  override def isEmpty: Boolean = AnyOps.isNull(tree)
  override def contains(x: A): Boolean = !AnyOps.isNull(Tree.find(tree, x, order))
  override def iterator: Iterator[A] = new BranchIterator(tree).map[A]((branch: Branch) => branch.key.asInstanceOf[A])
  override def freshSame: Builder[A, Set[A]] = new SetBuilder[A](new TreeSet[A](null)(ordering))
  private def same(set: Set[A]): TreeSet[A] = set.asInstanceOf[TreeSet[A]]

  override def incl(x: A): TreeSet[A] = if (contains(x)) this else of(Tree.updated(tree, x, (), order))
  override def excl(x: A): TreeSet[A] = of(Tree.removed(tree, x, order))
  override def +(x: A): TreeSet[A] = incl(x)
  override def -(x: A): TreeSet[A] = excl(x)
  override def concat(that: IterableOnce[A]): TreeSet[A] = same(concatSet(that))
  override def ++(that: IterableOnce[A]): TreeSet[A] = concat(that)
  override def |(that: scala.collection.Set[A]): TreeSet[A] = concat(that)
  override def union(that: scala.collection.Set[A]): TreeSet[A] = concat(that)
  override def removedAll(that: IterableOnce[A]): TreeSet[A] = same(super.removedAll(that))
  override def --(that: IterableOnce[A]): TreeSet[A] = removedAll(that)
  override def diff(that: scala.collection.Set[A]): TreeSet[A] = filter((x: A) => !that.contains(x))
  override def &~(that: scala.collection.Set[A]): TreeSet[A] = diff(that)
  override def intersect(that: scala.collection.Set[A]): TreeSet[A] = filter((x: A) => that.contains(x))
  override def &(that: scala.collection.Set[A]): TreeSet[A] = intersect(that)
  /** As a set without order. */
  def unsorted: Set[A] = this

  // ── by the order ──
  def firstKey: A = head
  def lastKey: A = last
  override def head: A =
    if (isEmpty) throw new java.util.NoSuchElementException("empty tree") else Tree.first(tree).key.asInstanceOf[A]
  override def last: A =
    if (isEmpty) throw new java.util.NoSuchElementException("empty tree") else Tree.last(tree).key.asInstanceOf[A]
  override def headOption: Option[A] = if (isEmpty) None else Some[A](head)
  override def lastOption: Option[A] = if (isEmpty) None else Some[A](last)
  def rangeFrom(from: A): TreeSet[A] = of(Tree.from(tree, from, order))
  def rangeUntil(until: A): TreeSet[A] = of(Tree.until(tree, until, false, order))
  def rangeTo(to: A): TreeSet[A] = of(Tree.until(tree, to, true, order))
  def range(from: A, until: A): TreeSet[A] = rangeFrom(from).rangeUntil(until)
  def from(key: A): TreeSet[A] = rangeFrom(key)
  def until(key: A): TreeSet[A] = rangeUntil(key)
  /** The smallest element that is not below `key`. */
  def minAfter(key: A): Option[A] = rangeFrom(key).headOption
  /** The largest element below `key`. */
  def maxBefore(key: A): Option[A] = rangeUntil(key).lastOption
  def iteratorFrom(start: A): Iterator[A] = rangeFrom(start).iterator
  override def take(n: Int): TreeSet[A] = of(Tree.take(tree, n))
  override def drop(n: Int): TreeSet[A] = of(Tree.drop(tree, n))
  override def slice(from: Int, until: Int): TreeSet[A] = take(until).drop(from)
  override def takeRight(n: Int): TreeSet[A] = drop(size - (if (n < 0) 0 else n))
  override def dropRight(n: Int): TreeSet[A] = take(size - (if (n < 0) 0 else n))
  override def splitAt(n: Int): (TreeSet[A], TreeSet[A]) = (take(n), drop(n))
  override def tail: TreeSet[A] = if (isEmpty) throw new java.util.NoSuchElementException("empty tree") else drop(1)
  override def init: TreeSet[A] = if (isEmpty) throw new java.util.NoSuchElementException("empty tree") else dropRight(1)

  // ── other sets ──
  def map[B](f: A => B)(implicit ordering: Ordering[B]): TreeSet[B] =
    Collect.map[A, B, TreeSet[B]](this, f, TreeSet.newBuilder[B])
  def flatMap[B](f: A => IterableOnce[B])(implicit ordering: Ordering[B]): TreeSet[B] =
    Collect.flatMap[A, B, TreeSet[B]](this, f, TreeSet.newBuilder[B])
  def collect[B](f: PartialFunction[A, B])(implicit ordering: Ordering[B]): TreeSet[B] =
    Collect.collect[A, B, TreeSet[B]](this, f, TreeSet.newBuilder[B])
  def zip[B](that: IterableOnce[B])(implicit ordering: Ordering[(A, B)]): TreeSet[(A, B)] =
    Collect.zip[A, B, TreeSet[(A, B)]](this, that, TreeSet.newBuilder[(A, B)])
  override def filter(p: A => Boolean): TreeSet[A] = same(super.filter(p))
  override def filterNot(p: A => Boolean): TreeSet[A] = same(super.filterNot(p))
  override def partition(p: A => Boolean): (TreeSet[A], TreeSet[A]) = (filter(p), filterNot(p))
  override def takeWhile(p: A => Boolean): TreeSet[A] = take(prefix(p))
  override def dropWhile(p: A => Boolean): TreeSet[A] = drop(prefix(p))
  override def span(p: A => Boolean): (TreeSet[A], TreeSet[A]) = splitAt(prefix(p))
  private def prefix(p: A => Boolean): Int = {
    var n = 0
    val it = iterator
    while (it.hasNext && p(it.next())) n += 1
    n
  }
  override def withFilter(p: A => Boolean): TreeSetWithFilter[A] = new TreeSetWithFilter[A](this, p)
  override def tapEach[U](f: A => U): TreeSet[A] = {
    foreach[U](f)
    this
  }
}

/** A `TreeSet` with a condition that is tested when the elements are used. */
final class TreeSetWithFilter[A](from: TreeSet[A], p: A => Boolean) extends SetWithFilter[A](from, p) {
  def map[B](f: A => B)(implicit ordering: Ordering[B]): TreeSet[B] =
    Collect.map[A, B, TreeSet[B]](elements, f, TreeSet.newBuilder[B])
  def flatMap[B](f: A => IterableOnce[B])(implicit ordering: Ordering[B]): TreeSet[B] =
    Collect.flatMap[A, B, TreeSet[B]](elements, f, TreeSet.newBuilder[B])
  override def withFilter(q: A => Boolean): TreeSetWithFilter[A] =
    new TreeSetWithFilter[A](from, (x: A) => p(x) && q(x))
}

object TreeSet {
  def empty[A](implicit ordering: Ordering[A]): TreeSet[A] = new TreeSet[A](null)(ordering)
  def apply[A](elements: A*)(implicit ordering: Ordering[A]): TreeSet[A] = empty[A].concat(elements)
  def from[A](elements: IterableOnce[A])(implicit ordering: Ordering[A]): TreeSet[A] = empty[A].concat(elements)
  def newBuilder[A](implicit ordering: Ordering[A]): Builder[A, TreeSet[A]] =
    new SetBuilder[A](empty[A]).mapResult[TreeSet[A]]((set: Set[A]) => set.asInstanceOf[TreeSet[A]])
}
