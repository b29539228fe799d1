/** `Vector`: a tree of arrays of 32 slots, with arrays of their own for the first and the last elements. Indexing,
  * replacing, adding at both ends and taking parts are effectively constant: O(log32 n). Joining is linear.
  */
package scala.collection.immutable

import fvm.internal.{Arrays, Collect, Sorting}
import scala.collection.{AbstractIterator, CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}
import scala.collection.mutable.Builder

/** The elements of `front` (32 at most), of `leaves` full leaves from the one with the number `offset` on, and of `back`
  * (32 at most). `root` has `shift` bits in the numbers of its leaves.
  */
final class Vector[+A](front: Array[Any], root: Array[Any], shift: Int, offset: Int, leaves: Int, back: Array[Any])
    extends IndexedSeq[A] {
  private val count: Int = front.length + (leaves << 5) + back.length
  override protected def className: String = "Vector"
  override protected def headFailure: String = "empty.head"
  override protected def lastFailure: String = "empty.tail"
  override def length: Int = count
  override def toVector: Vector[A] = this
  override def lazyZip[B](that: Iterable[B]): scala.collection.SeqLazyZip2[A, B, Vector] =
    new scala.collection.SeqLazyZip2[A, B, Vector](this, that, Vector)

  private def leaf(number: Int): Array[Any] = {
    var node = root
    var level = shift
    while (level > 0) {
      level -= 5
      node = node((number >>> level) & 31).asInstanceOf[Array[Any]]
    }
    node
  }
  /** The array that holds the element, and where in it. */
  private[immutable] def chunk(index: Int): Array[Any] =
    if (index < front.length) front
    else {
      val number = (index - front.length) >>> 5
      if (number < leaves) leaf(offset + number) else back
    }
  private[immutable] def within(index: Int): Int = if (index < front.length) index else (index - front.length) & 31
  override def apply(index: Int): A = {
    if (index < 0 || index >= count) outside(index)
    chunk(index)(within(index)).asInstanceOf[A]
  }
  private def outside(index: Int): Nothing =
    throw new IndexOutOfBoundsException(
      index.toString + " is out of bounds " + (if (count == 0) "(empty vector)" else "(min 0, max " + (count - 1) + ")")
    )
  override def iterator: Iterator[A] = new VectorIterator[A](this)
  override def foreach[U](f: A => U): Unit = {
    var start = 0
    while (start < count) {
      val slots = chunk(start)
      var i = 0
      while (i < slots.length) {
        f(slots(i).asInstanceOf[A])
        i += 1
      }
      start += slots.length
    }
  }

  override def updated[B >: A](index: Int, x: B): Vector[B] = {
    if (index < 0 || index >= count) outside(index)
    val slots = replaced(chunk(index), within(index), x)
    val number = (index - front.length) >>> 5
    if (index < front.length) new Vector[B](slots, root, shift, offset, leaves, back)
    else if (number < leaves) new Vector[B](front, withLeaf(root, shift, offset + number, slots), shift, offset, leaves, back)
    else new Vector[B](front, root, shift, offset, leaves, slots)
  }
  private def replaced(node: Array[Any], slot: Int, x: Any): Array[Any] = {
    val result = Sorting.resized(node, node.length, if (slot < node.length) node.length else slot + 1)
    result(slot) = x
    result
  }
  /** The path to the leaf copied, or made. */
  private def withLeaf(node: Array[Any], level: Int, number: Int, slots: Array[Any]): Array[Any] = {
    val slot = (number >>> (level - 5)) & 31
    if (level == 5) replaced(node, slot, slots)
    else {
      val hasChild = slot < node.length && !fvm.internal.AnyOps.isNull(node(slot))
      val child = if (hasChild) node(slot).asInstanceOf[Array[Any]] else Vector.none
      replaced(node, slot, withLeaf(child, level - 5, number, slots))
    }
  }

  override def appended[B >: A](x: B): Vector[B] =
    if (back.length < 32) new Vector[B](front, root, shift, offset, leaves, replaced(back, back.length, x))
    else {
      // The full array moves into the tree, which gets a level above when it has no place behind.
      val fresh = replaced(Vector.none, 0, x)
      val number = offset + leaves
      if (leaves == 0) new Vector[B](front, replaced(Vector.none, 0, back), 5, 0, 1, fresh)
      else if (number < (1 << shift))
        new Vector[B](front, withLeaf(root, shift, number, back), shift, offset, leaves + 1, fresh)
      else {
        val top = withLeaf(replaced(Vector.none, 0, root), shift + 5, number, back)
        new Vector[B](front, top, shift + 5, offset, leaves + 1, fresh)
      }
    }
  override def prepended[B >: A](x: B): Vector[B] =
    if (front.length < 32) {
      val slots = new Array[Any](front.length + 1)
      slots(0) = x
      Arrays.copy(front, 0, slots, 1, front.length)
      new Vector[B](slots, root, shift, offset, leaves, back)
    } else {
      // As at the other end; the level above gets places in front and behind.
      val fresh = replaced(Vector.none, 0, x)
      if (leaves == 0) new Vector[B](fresh, replaced(Vector.none, 16, front), 5, 16, 1, back)
      else if (offset > 0)
        new Vector[B](fresh, withLeaf(root, shift, offset - 1, front), shift, offset - 1, leaves + 1, back)
      else {
        val start = 16 << shift
        val top = withLeaf(replaced(Vector.none, 16, root), shift + 5, start - 1, front)
        new Vector[B](fresh, top, shift + 5, start - 1, leaves + 1, back)
      }
    }
  override def appendedAll[B >: A](that: IterableOnce[B]): Vector[B] = concat[B](that)
  override def concat[B >: A](that: IterableOnce[B]): Vector[B] = {
    val n = that.knownSize
    if (n >= 0 && (n <= 8 || n < (count >>> 5))) {
      var result: Vector[B] = this
      val it = that.iterator
      while (it.hasNext) result = result.appended[B](it.next())
      result
    } else Collect.concat[B, Vector[B]](this, that, Vector.newBuilder[B])
  }
  override def prependedAll[B >: A](that: IterableOnce[B]): Vector[B] = {
    val n = that.knownSize
    if (n >= 0 && (n <= 8 || n < (count >>> 5))) {
      var result: Vector[B] = this
      val slots = Sorting.elements[B](that)
      var i = slots.length - 1
      while (i >= 0) {
        result = result.prepended[B](slots(i).asInstanceOf[B])
        i -= 1
      }
      result
    } else Collect.concat[B, Vector[B]](that, this, Vector.newBuilder[B])
  }

  private def part(slots: Array[Any], from: Int, until: Int): Array[Any] = {
    val result = new Array[Any](until - from)
    Arrays.copy(slots, from, result, 0, until - from)
    result
  }
  override def take(n: Int): Vector[A] =
    if (n >= count) this
    else if (n <= 0) Vector.empty[A]
    else if (n <= front.length) new Vector[A](Vector.none, Vector.none, 5, 0, 0, part(front, 0, n))
    else {
      val number = (n - front.length) >>> 5
      val slots = part(chunk(n), 0, within(n))
      new Vector[A](front, root, shift, offset, if (number < leaves) number else leaves, slots)
    }
  override def drop(n: Int): Vector[A] =
    if (n <= 0) this
    else if (n >= count) Vector.empty[A]
    else {
      val number = (n - front.length) >>> 5
      val slots = chunk(n)
      val rest = part(slots, within(n), slots.length)
      if (n < front.length) new Vector[A](rest, root, shift, offset, leaves, back)
      else if (number < leaves) new Vector[A](rest, root, shift, offset + number + 1, leaves - number - 1, back)
      else new Vector[A](Vector.none, Vector.none, 5, 0, 0, rest)
    }
  override def slice(from: Int, until: Int): Vector[A] = take(until).drop(from)
  override def takeRight(n: Int): Vector[A] = drop(count - (if (n < 0) 0 else n))
  override def dropRight(n: Int): Vector[A] = take(count - (if (n < 0) 0 else n))
  override def splitAt(n: Int): (Vector[A], Vector[A]) = (take(n), drop(n))
  override def tail: Vector[A] = if (count == 0) throw new UnsupportedOperationException("empty.tail") else drop(1)
  override def init: Vector[A] =
    if (count == 0) throw new UnsupportedOperationException("empty.init") else take(count - 1)

  override def map[B](f: A => B): Vector[B] = {
    val out = Vector.newBuilder[B]
    foreach[Unit]((x: A) => { out.addOne(f(x)); () })
    out.result()
  }
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

object Vector extends scala.collection.SeqFactory[Vector] {
  private[immutable] val none: Array[Any] = new Array[Any](0)
  private val emptyVector: Vector[Nothing] = new Vector[Nothing](none, none, 5, 0, 0, none)

  override def empty[A]: Vector[A] = emptyVector
  override def apply[A](elements: A*): Vector[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): Vector[A] = elements match {
    case vector: Vector[A] => vector
    case _ => Collect.all[A, Vector[A]](elements, newBuilder[A])
  }
  def newBuilder[A]: Builder[A, Vector[A]] = new VectorBuilder[A]()
  def unapplySeq[A](vector: Vector[A]): Option[Vector[A]] = Some[Vector[A]](vector)
  override def fill[A](n: Int)(x: => A): Vector[A] = {
    val out = newBuilder[A]
    var i = 0
    while (i < n) {
      out.addOne(x)
      i += 1
    }
    out.result()
  }
  override def tabulate[A](n: Int)(f: Int => A): Vector[A] = {
    val out = newBuilder[A]
    var i = 0
    while (i < n) {
      out.addOne(f(i))
      i += 1
    }
    out.result()
  }
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
      new Vector[A](Vector.none, nodes, shift, 0, leaves.length, Sorting.resized(slots, used, used))
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

/** Goes over a vector array by array. */
final class VectorIterator[+A](from: Vector[A]) extends AbstractIterator[A] {
  private var left: Int = from.length
  private var slots: Array[Any] = Vector.none
  private var at: Int = 0
  override def knownSize: Int = left
  def hasNext: Boolean = left > 0
  def next(): A = {
    if (left == 0) Iterator.exhausted()
    if (at == slots.length) {
      slots = from.chunk(from.length - left)
      at = 0
    }
    left -= 1
    at += 1
    slots(at - 1).asInstanceOf[A]
  }
}
