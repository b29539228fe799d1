/** `Vector`: a tree of arrays of 32 slots, with the last elements in an array of their own. Indexing, replacing and adding
  * at the end take O(log32 n); adding in front and joining are linear.
  */
package scala.collection.immutable

import fvm.internal.{Arrays, Collect, Sorting}
import scala.collection.{AbstractIterator, CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}
import scala.collection.mutable.Builder

/** `root` holds the full leaves below, `shift` bits per index in total; `last` holds 1 to 32 elements (0 if empty). */
final class Vector[+A](count: Int, shift: Int, root: Array[Any], last0: Array[Any]) extends IndexedSeq[A] {
  override protected def className: String = "Vector"
  override protected def headFailure: String = "empty.head"
  override protected def lastFailure: String = "empty.tail"
  override def length: Int = count
  override def toVector: Vector[A] = this
  private def lastStart: Int = if (count == 0) 0 else ((count - 1) >>> 5) << 5

  /** The leaf with this index. */
  private def leaf(index: Int): Array[Any] =
    if (index >= lastStart) last0
    else {
      var node = root
      var level = shift
      while (level > 0) {
        node = node((index >>> level) & 31).asInstanceOf[Array[Any]]
        level -= 5
      }
      node
    }
  override def apply(index: Int): A = {
    if (index < 0 || index >= count) outside(index)
    leaf(index)(index & 31).asInstanceOf[A]
  }
  private def outside(index: Int): Nothing =
    throw new IndexOutOfBoundsException(
      index.toString + " is out of bounds " + (if (count == 0) "(empty vector)" else "(min 0, max " + (count - 1) + ")")
    )
  override def iterator: Iterator[A] = new VectorIterator[A](this)
  override def foreach[U](f: A => U): Unit = {
    var start = 0
    while (start < count) {
      val slots = leaf(start)
      val n = if (count - start < 32) count - start else 32
      var i = 0
      while (i < n) {
        f(slots(i).asInstanceOf[A])
        i += 1
      }
      start += 32
    }
  }
  /** The leaf that begins at `start`, for iterators. */
  private[immutable] def slotsAt(start: Int): Array[Any] = leaf(start)

  override def updated[B >: A](index: Int, x: B): Vector[B] = {
    if (index < 0 || index >= count) outside(index)
    if (index >= lastStart) new Vector[B](count, shift, root, replaced(last0, index & 31, x))
    else new Vector[B](count, shift, updatedNode(root, shift, index, x), last0)
  }
  private def updatedNode(node: Array[Any], level: Int, index: Int, x: Any): Array[Any] = {
    val slot = (index >>> level) & 31
    if (level == 0) replaced(node, slot, x)
    else replaced(node, slot, updatedNode(node(slot).asInstanceOf[Array[Any]], level - 5, index, x))
  }
  private def replaced(node: Array[Any], slot: Int, x: Any): Array[Any] = {
    val result = Sorting.resized(node, node.length, node.length)
    result(slot) = x
    result
  }

  override def appended[B >: A](x: B): Vector[B] = {
    val used = count - lastStart
    if (used < 32) {
      val slots = Sorting.resized(last0, used, used + 1)
      slots(used) = x
      new Vector[B](count + 1, shift, root, slots)
    } else {
      val fresh = new Array[Any](1)
      fresh(0) = x
      // The full last leaf moves into the tree, which grows by a level when it is full.
      if (lastStart >>> 5 >= (1 << shift)) {
        val top = new Array[Any](2)
        top(0) = root
        top(1) = pathTo(last0, shift)
        new Vector[B](count + 1, shift + 5, top, fresh)
      } else new Vector[B](count + 1, shift, withLeaf(root, shift, lastStart, last0), fresh)
    }
  }
  /** A chain of nodes with one leaf. */
  private def pathTo(slots: Array[Any], level: Int): Array[Any] =
    if (level == 0) slots
    else {
      val node = new Array[Any](1)
      node(0) = pathTo(slots, level - 5)
      node
    }
  private def withLeaf(node: Array[Any], level: Int, index: Int, slots: Array[Any]): Array[Any] = {
    val slot = (index >>> level) & 31
    if (slot < node.length) {
      val child = withLeaf(node(slot).asInstanceOf[Array[Any]], level - 5, index, slots)
      replaced(node, slot, child)
    } else {
      val result = Sorting.resized(node, node.length, slot + 1)
      result(slot) = pathTo(slots, level - 5)
      result
    }
  }
  override def prepended[B >: A](x: B): Vector[B] = Collect.prepended[B, Vector[B]](x, this, Vector.newBuilder[B])
  override def appendedAll[B >: A](that: IterableOnce[B]): Vector[B] = concat[B](that)
  override def concat[B >: A](that: IterableOnce[B]): Vector[B] =
    if (that.knownSize >= 0 && that.knownSize <= 8) {
      var result: Vector[B] = this
      val it = that.iterator
      while (it.hasNext) result = result.appended[B](it.next())
      result
    } else Collect.concat[B, Vector[B]](this, that, Vector.newBuilder[B])

  override def map[B](f: A => B): Vector[B] = {
    val out = Vector.newBuilder[B]
    foreach[Unit]((x: A) => { out.addOne(f(x)); () })
    out.result()
  }
  override def slice(from: Int, until: Int): Vector[A] = {
    val start = if (from < 0) 0 else from
    val end = if (until > count) count else until
    if (start == 0 && end == count) this
    else {
      val out = Vector.newBuilder[A]
      var i = start
      while (i < end) {
        out.addOne(apply(i))
        i += 1
      }
      out.result()
    }
  }
  override def take(n: Int): Vector[A] = slice(0, n)
  override def drop(n: Int): Vector[A] = slice(n, count)
  override def takeRight(n: Int): Vector[A] = if (n <= 0) Vector.empty[A] else slice(count - n, count)
  override def dropRight(n: Int): Vector[A] = if (n <= 0) this else slice(0, count - n)
  override def splitAt(n: Int): (Vector[A], Vector[A]) = (take(n), drop(n))
  override def tail: Vector[A] =
    if (count == 0) throw new UnsupportedOperationException("empty.tail") else slice(1, count)
  /** Effectively constant: the last element is left out of the last leaf. */
  override def init: Vector[A] =
    if (count == 0) throw new UnsupportedOperationException("empty.init")
    else if (count - lastStart > 1) new Vector[A](count - 1, shift, root, Sorting.resized(last0, count - 1 - lastStart, count - 1 - lastStart))
    else slice(0, count - 1)

  // ── elements changed or joined ──
  override def flatMap[B](f: A => IterableOnce[B]): Vector[B] =
    Collect.flatMap[A, B, Vector[B]](this, f, Vector.newBuilder[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): Vector[B] =
    Collect.flatMap[A, B, Vector[B]](this, ev, Vector.newBuilder[B])
  override def collect[B](f: PartialFunction[A, B]): Vector[B] =
    Collect.collect[A, B, Vector[B]](this, f, Vector.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): Vector[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): Vector[(A, B)] =
    Collect.zip[A, B, Vector[(A, B)]](this, that, Vector.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): Vector[(A1, B)] =
    Collect.zipAll[A1, B, Vector[(A1, B)]](this, that, x, y, Vector.newBuilder[(A1, B)])
  override def zipWithIndex: Vector[(A, Int)] =
    Collect.zipWithIndex[A, Vector[(A, Int)]](this, Vector.newBuilder[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (Vector[A1], Vector[A2]) =
    Collect.unzip[A, A1, A2, Vector[A1], Vector[A2]](this, ev, Vector.newBuilder[A1], Vector.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (Vector[A1], Vector[A2], Vector[A3]) =
    Collect.unzip3[A, A1, A2, A3, Vector[A1], Vector[A2], Vector[A3]](this, ev, Vector.newBuilder[A1], Vector.newBuilder[A2], Vector.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (Vector[A1], Vector[A2]) =
    Collect.partitionMap[A, A1, A2, Vector[A1], Vector[A2]](this, f, Vector.newBuilder[A1], Vector.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): Vector[Vector[B]] =
    Collect.transpose[A, B, Vector[B], Vector[Vector[B]]](this, ev, () => Vector.newBuilder[B], Vector.newBuilder[Vector[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): Vector[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): Vector[B] =
    Collect.scanLeft[A, B, Vector[B]](this, zero, f, Vector.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): Vector[B] =
    Collect.scanRight[A, B, Vector[B]](this, zero, f, Vector.newBuilder[B])
  override def withFilter(p: A => Boolean): VectorWithFilter[A] = new VectorWithFilter[A](this, p)
  override def prependedAll[B >: A](that: IterableOnce[B]): Vector[B] =
    Collect.concat[B, Vector[B]](that, this, Vector.newBuilder[B])
  override def :+[B >: A](x: B): Vector[B] = appended[B](x)
  override def +:[B >: A](x: B): Vector[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): Vector[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): Vector[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): Vector[B] =
    Collect.padTo[B, Vector[B]](this, length, x, Vector.newBuilder[B])
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): Vector[B] =
    Collect.patch[B, Vector[B]](this, from, other, replaced, Vector.newBuilder[B])

  // ── some of the elements ──
  override def filter(p: A => Boolean): Vector[A] = Collect.filter[A, Vector[A]](this, p, true, Vector.newBuilder[A])
  override def filterNot(p: A => Boolean): Vector[A] =
    Collect.filter[A, Vector[A]](this, p, false, Vector.newBuilder[A])
  override def partition(p: A => Boolean): (Vector[A], Vector[A]) =
    Collect.partition[A, Vector[A]](this, p, Vector.newBuilder[A], Vector.newBuilder[A])
  override def takeWhile(p: A => Boolean): Vector[A] = Collect.takeWhile[A, Vector[A]](this, p, Vector.newBuilder[A])
  override def dropWhile(p: A => Boolean): Vector[A] = Collect.dropWhile[A, Vector[A]](this, p, Vector.newBuilder[A])
  override def span(p: A => Boolean): (Vector[A], Vector[A]) =
    Collect.span[A, Vector[A]](this, p, Vector.newBuilder[A], Vector.newBuilder[A])
  override def tapEach[U](f: A => U): Vector[A] = Collect.tapEach[A, Vector[A]](this, f, Vector.newBuilder[A])
  override def tails: Iterator[Vector[A]] =
    Iterator.iterateUntil[Vector[A]](this, (x: Vector[A]) => x.isEmpty, (x: Vector[A]) => x.tail)
  override def inits: Iterator[Vector[A]] =
    Iterator.iterateUntil[Vector[A]](this, (x: Vector[A]) => x.isEmpty, (x: Vector[A]) => x.init)
  override def grouped(size: Int): Iterator[Vector[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Vector[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Vector[A]] =
    new GroupedIterator[A](iterator, size, step).map[Vector[A]]((part: IterableOnce[A]) => Collect.all[A, Vector[A]](part, Vector.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, Vector[A]] =
    Collect.groupBy[A, K, Vector[A]](this, key, () => Vector.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, Vector[B]] =
    Collect.groupMap[A, K, B, Vector[B]](this, key, f, () => Vector.newBuilder[B])

  // ── another order ──
  override def reverse: Vector[A] = Collect.reverse[A, Vector[A]](this, Vector.newBuilder[A])
  override def sorted[B >: A](implicit ordering: Ordering[B]): Vector[A] =
    Collect.sorted[A, B, Vector[A]](this, ordering, Vector.newBuilder[A])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): Vector[A] =
    Collect.sorted[A, A, Vector[A]](this, Ordering.by[A, B](f), Vector.newBuilder[A])
  override def sortWith(before: (A, A) => Boolean): Vector[A] =
    Collect.sorted[A, A, Vector[A]](this, Ordering.fromLessThan[A](before), Vector.newBuilder[A])
  override def distinct: Vector[A] = Collect.distinctBy[A, A, Vector[A]](this, (x: A) => x, Vector.newBuilder[A])
  override def distinctBy[B](f: A => B): Vector[A] =
    Collect.distinctBy[A, B, Vector[A]](this, f, Vector.newBuilder[A])
  override def diff[B >: A](that: scala.collection.Seq[B]): Vector[A] =
    Collect.diff[A, B, Vector[A]](this, that, Vector.newBuilder[A])
  override def intersect[B >: A](that: scala.collection.Seq[B]): Vector[A] =
    Collect.intersect[A, B, Vector[A]](this, that, Vector.newBuilder[A])
  override def permutations: Iterator[Vector[A]] =
    new PermutationIterator[A](this).map[Vector[A]]((part: IterableOnce[A]) => Collect.all[A, Vector[A]](part, Vector.newBuilder[A]))
  override def combinations(n: Int): Iterator[Vector[A]] =
    new CombinationIterator[A](this, n).map[Vector[A]]((part: IterableOnce[A]) => Collect.all[A, Vector[A]](part, Vector.newBuilder[A]))
}

/** A `Vector` with a condition that is tested when the elements are used. */
final class VectorWithFilter[+A](from: Iterable[A], p: A => Boolean) extends IndexedSeqWithFilter[A](from, p) {
  override def map[B](f: A => B): Vector[B] = Collect.map[A, B, Vector[B]](elements, f, Vector.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): Vector[B] =
    Collect.flatMap[A, B, Vector[B]](elements, f, Vector.newBuilder[B])
  override def withFilter(q: A => Boolean): VectorWithFilter[A] =
    new VectorWithFilter[A](from, (x: A) => p(x) && q(x))
}

object Vector {
  private val none: Array[Any] = new Array[Any](0)
  private val emptyVector: Vector[Nothing] = new Vector[Nothing](0, 5, none, none)

  def empty[A]: Vector[A] = emptyVector
  def apply[A](elements: A*): Vector[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): Vector[A] = elements match {
    case vector: Vector[A] => vector
    case _ => Collect.all[A, Vector[A]](elements, newBuilder[A])
  }
  def newBuilder[A]: Builder[A, Vector[A]] = new VectorBuilder[A]()
  def unapplySeq[A](vector: Vector[A]): Option[Vector[A]] = Some[Vector[A]](vector)
  def fill[A](n: Int)(x: => A): Vector[A] = {
    val out = newBuilder[A]
    var i = 0
    while (i < n) {
      out.addOne(x)
      i += 1
    }
    out.result()
  }
  def fill[A](m: Int, n: Int)(x: => A): Vector[Vector[A]] = fill[Vector[A]](m)(fill[A](n)(x))
  def tabulate[A](n: Int)(f: Int => A): Vector[A] = {
    val out = newBuilder[A]
    var i = 0
    while (i < n) {
      out.addOne(f(i))
      i += 1
    }
    out.result()
  }
  def tabulate[A](m: Int, n: Int)(f: (Int, Int) => A): Vector[Vector[A]] =
    tabulate[Vector[A]](m)((i: Int) => tabulate[A](n)((j: Int) => f(i, j)))
  def range(start: Int, end: Int): Vector[Int] = from[Int](Range(start, end))
  def range(start: Int, end: Int, step: Int): Vector[Int] = from[Int](Range(start, end, step))
  def iterate[A](start: A, n: Int)(f: A => A): Vector[A] = from[A](Iterator.iterate[A](start)(f).take(n))
  def unfold[A, S](start: S)(f: S => Option[(A, S)]): Vector[A] = from[A](Iterator.unfold[A, S](start)(f))
  def concat[A](parts: Iterable[A]*): Vector[A] = from[A](List.concat[A](parts*))
}

/** Collects whole leaves and makes the tree at the end: O(n). */
final class VectorBuilder[A] extends Builder[A, Vector[A]] {
  private var leaves: scala.collection.mutable.ArrayBuffer[Array[Any]] = new scala.collection.mutable.ArrayBuffer[Array[Any]]()
  private var slots: Array[Any] = new Array[Any](32)
  private var used: Int = 0

  def addOne(x: A): Builder[A, Vector[A]] = {
    if (used == 32) {
      leaves.addOne(slots)
      slots = new Array[Any](32)
      used = 0
    }
    slots(used) = x
    used += 1
    this
  }
  def clear(): Unit = {
    leaves.clear()
    slots = new Array[Any](32)
    used = 0
  }
  def result(): Vector[A] =
    if (used == 0) Vector.empty[A]
    else {
      var nodes = new Array[Any](leaves.length)
      var i = 0
      while (i < leaves.length) {
        nodes(i) = leaves(i)
        i += 1
      }
      var shift = 5
      while (nodes.length > 32) {
        nodes = grouped(nodes)
        shift += 5
      }
      new Vector[A](leaves.length * 32 + used, shift, nodes, Sorting.resized(slots, used, used))
    }
  /** The nodes in parents of 32. */
  private def grouped(nodes: Array[Any]): Array[Any] = {
    val parents = new Array[Any]((nodes.length + 31) / 32)
    var i = 0
    while (i < parents.length) {
      val start = i * 32
      val n = if (nodes.length - start < 32) nodes.length - start else 32
      val parent = new Array[Any](n)
      Arrays.copy(nodes, start, parent, 0, n)
      parents(i) = parent
      i += 1
    }
    parents
  }
}

/** Goes over a vector leaf by leaf. */
final class VectorIterator[+A](from: Vector[A]) extends AbstractIterator[A] {
  private var at: Int = 0
  private var slots: Array[Any] = if (from.length > 0) from.slotsAt(0) else null
  override def knownSize: Int = from.length - at
  def hasNext: Boolean = at < from.length
  def next(): A = {
    if (at >= from.length) Iterator.exhausted()
    if ((at & 31) == 0) slots = from.slotsAt(at)
    val x = slots(at & 31).asInstanceOf[A]
    at += 1
    x
  }
}
