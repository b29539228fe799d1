/** `Array`: a fixed number of elements that can be replaced. Indexing takes constant time, everything else is linear
  * unless said otherwise. Results that are arrays need a `ClassTag`, as in Scala.
  */
package scala

import fvm.internal.{intrinsic, Arrays, Collect, Sorting}
import scala.collection.{GroupedIterator, Iterable, IterableOnce, Iterator}
import scala.collection.immutable.{ArraySeq, IndexedSeq, List, Map, Range, Seq, Set, Stream, Vector}
import scala.collection.mutable.{ArrayBuffer, Buffer}
import scala.reflect.ClassTag

/** An array of `n` elements that are zero, false or null. */
final class Array[T](n: Int) {
  @intrinsic("array.length") def length: Int
  @intrinsic("array.get") def apply(index: Int): T
  @intrinsic("array.set") def update(index: Int, x: T): Unit

  def size: Int = length
  def knownSize: Int = length
  def isEmpty: Boolean = length == 0
  def nonEmpty: Boolean = length != 0
  def lengthIs: Int = length
  def sizeIs: Int = length
  def lengthCompare(n: Int): Int = java.lang.Integer.compare(length, n)
  def indices: Range = Range(0, length)
  def isDefinedAt(index: Int): Boolean = index >= 0 && index < length
  override def clone(): Array[T] = copyOfRange(0, length)
  /** A new array of the same class. */
  private def copyOfRange(from: Int, until: Int): Array[T] = {
    val start = if (from < 0) 0 else if (from > length) length else from
    val end = if (until > length) length else until
    Arrays.slice(this, start, if (end < start) start else end).asInstanceOf[Array[T]]
  }
  /** The elements as a sequence, for what has no fast way here. */
  private def seq: ArraySeq[T] = ArraySeq.unsafeWrapArray[T](this)
  private def build[B](elements: IterableOnce[B])(implicit tag: ClassTag[B]): Array[B] = Array.from[B](elements)
  /** The elements in a new array of the same class. */
  private def same(elements: scala.collection.Seq[T]): Array[T] = {
    val result = Arrays.like(this, elements.length).asInstanceOf[Array[T]]
    var i = 0
    elements.foreach[Unit]((x: T) => {
      result(i) = x
      i += 1
    })
    result
  }

  // ── elements ──
  def head: T = if (length == 0) throw new java.util.NoSuchElementException("head of empty array") else apply(0)
  def headOption: Option[T] = if (length == 0) None else Some[T](apply(0))
  def last: T = if (length == 0) throw new java.util.NoSuchElementException("last of empty array") else apply(length - 1)
  def lastOption: Option[T] = if (length == 0) None else Some[T](apply(length - 1))
  def lift: Int => Option[T] = (i: Int) => if (isDefinedAt(i)) Some[T](apply(i)) else None
  def applyOrElse(index: Int, default: Int => T): T = if (isDefinedAt(index)) apply(index) else default(index)
  def iterator: Iterator[T] = seq.iterator
  def reverseIterator: Iterator[T] = seq.reverseIterator
  def view: scala.collection.View[T] = seq.view

  // ── going through ──
  def foreach[U](f: T => U): Unit = {
    var i = 0
    while (i < length) {
      f(apply(i))
      i += 1
    }
  }
  def foldLeft[B](zero: B)(f: (B, T) => B): B = {
    var result = zero
    var i = 0
    while (i < length) {
      result = f(result, apply(i))
      i += 1
    }
    result
  }
  def foldRight[B](zero: B)(f: (T, B) => B): B = {
    var result = zero
    var i = length - 1
    while (i >= 0) {
      result = f(apply(i), result)
      i -= 1
    }
    result
  }
  def fold[B >: T](zero: B)(f: (B, B) => B): B = foldLeft[B](zero)(f)
  def reduce[B >: T](f: (B, B) => B): B = seq.reduce[B](f)
  def reduceLeft[B >: T](f: (B, T) => B): B = seq.reduceLeft[B](f)
  def reduceRight[B >: T](f: (T, B) => B): B = seq.reduceRight[B](f)
  def reduceOption[B >: T](f: (B, B) => B): Option[B] = seq.reduceOption[B](f)
  def indexWhere(p: T => Boolean): Int = indexWhere(p, 0)
  def indexWhere(p: T => Boolean, from: Int): Int = {
    var i = if (from < 0) 0 else from
    while (i < length && !p(apply(i))) i += 1
    if (i < length) i else -1
  }
  def lastIndexWhere(p: T => Boolean): Int = {
    var i = length - 1
    while (i >= 0 && !p(apply(i))) i -= 1
    i
  }
  def indexOf(x: T): Int = indexWhere((y: T) => y == x, 0)
  def indexOf(x: T, from: Int): Int = indexWhere((y: T) => y == x, from)
  def lastIndexOf(x: T): Int = lastIndexWhere((y: T) => y == x)
  def contains(x: T): Boolean = indexOf(x) >= 0
  def exists(p: T => Boolean): Boolean = indexWhere(p, 0) >= 0
  def forall(p: T => Boolean): Boolean = indexWhere((x: T) => !p(x), 0) < 0
  def count(p: T => Boolean): Int = seq.count(p)
  def find(p: T => Boolean): Option[T] = {
    val i = indexWhere(p, 0)
    if (i < 0) None else Some[T](apply(i))
  }
  def collectFirst[B](f: PartialFunction[T, B]): Option[B] = seq.collectFirst[B](f)
  def sameElements(that: IterableOnce[T]): Boolean = seq.sameElements[T](that)
  def sameElements(that: Array[T]): Boolean = seq.sameElements[T](ArraySeq.unsafeWrapArray[T](that))
  def corresponds[B](that: IterableOnce[B])(p: (T, B) => Boolean): Boolean = seq.corresponds[B](that)(p)
  def startsWith(that: Array[T]): Boolean = seq.startsWith[T](ArraySeq.unsafeWrapArray[T](that))
  def endsWith(that: Array[T]): Boolean = seq.endsWith[T](ArraySeq.unsafeWrapArray[T](that))
  def sum[B >: T](implicit numeric: Numeric[B]): B = seq.sum[B]
  def product[B >: T](implicit numeric: Numeric[B]): B = seq.product[B]
  def max[B >: T](implicit ordering: Ordering[B]): T = seq.max[B]
  def min[B >: T](implicit ordering: Ordering[B]): T = seq.min[B]
  def maxOption[B >: T](implicit ordering: Ordering[B]): Option[T] = seq.maxOption[B]
  def minOption[B >: T](implicit ordering: Ordering[B]): Option[T] = seq.minOption[B]
  def maxBy[B](f: T => B)(implicit ordering: Ordering[B]): T = seq.maxBy[B](f)
  def minBy[B](f: T => B)(implicit ordering: Ordering[B]): T = seq.minBy[B](f)
  def mkString: String = seq.mkString
  def mkString(separator: String): String = seq.mkString(separator)
  def mkString(start: String, separator: String, end: String): String = seq.mkString(start, separator, end)

  // ── new arrays ──
  def map[B](f: T => B)(implicit tag: ClassTag[B]): Array[B] = {
    val result = tag.newArray(length)
    var i = 0
    while (i < length) {
      result(i) = f(apply(i))
      i += 1
    }
    result
  }
  def flatMap[B](f: T => IterableOnce[B])(implicit tag: ClassTag[B]): Array[B] = build[B](seq.flatMap[B](f))
  def flatten[B](implicit ev: T <:< IterableOnce[B], tag: ClassTag[B]): Array[B] = build[B](seq.flatMap[B](ev))
  def collect[B](f: PartialFunction[T, B])(implicit tag: ClassTag[B]): Array[B] = build[B](seq.collect[B](f))
  def zip[B](that: IterableOnce[B]): Array[(T, B)] = build[(T, B)](seq.zip[B](that))
  def zip[B](that: Array[B]): Array[(T, B)] = build[(T, B)](seq.zip[B](ArraySeq.unsafeWrapArray[B](that)))
  def zipWithIndex: Array[(T, Int)] = build[(T, Int)](seq.zipWithIndex)
  def unzip[A1, A2](implicit ev: T <:< (A1, A2), tag1: ClassTag[A1], tag2: ClassTag[A2]): (Array[A1], Array[A2]) = {
    val pair = seq.unzip[A1, A2]
    (build[A1](pair._1), build[A2](pair._2))
  }
  def scanLeft[B](zero: B)(f: (B, T) => B)(implicit tag: ClassTag[B]): Array[B] = build[B](seq.scanLeft[B](zero)(f))
  def scanRight[B](zero: B)(f: (T, B) => B)(implicit tag: ClassTag[B]): Array[B] = build[B](seq.scanRight[B](zero)(f))
  def appended[B >: T](x: B)(implicit tag: ClassTag[B]): Array[B] = build[B](seq.appended[B](x))
  def prepended[B >: T](x: B)(implicit tag: ClassTag[B]): Array[B] = build[B](seq.prepended[B](x))
  def :+[B >: T](x: B)(implicit tag: ClassTag[B]): Array[B] = build[B](seq.appended[B](x))
  def +:[B >: T](x: B)(implicit tag: ClassTag[B]): Array[B] = build[B](seq.prepended[B](x))
  def ++[B >: T](that: IterableOnce[B])(implicit tag: ClassTag[B]): Array[B] = build[B](seq.concat[B](that))
  def ++[B >: T](that: Array[B])(implicit tag: ClassTag[B]): Array[B] =
    build[B](seq.concat[B](ArraySeq.unsafeWrapArray[B](that)))
  def concat[B >: T](that: IterableOnce[B])(implicit tag: ClassTag[B]): Array[B] = build[B](seq.concat[B](that))
  def updated[B >: T](index: Int, x: B)(implicit tag: ClassTag[B]): Array[B] = build[B](seq.updated[B](index, x))
  def padTo[B >: T](n: Int, x: B)(implicit tag: ClassTag[B]): Array[B] = build[B](seq.padTo[B](n, x))
  def patch[B >: T](from: Int, other: IterableOnce[B], replaced: Int)(implicit tag: ClassTag[B]): Array[B] =
    build[B](seq.patch[B](from, other, replaced))
  def filter(p: T => Boolean): Array[T] = same(seq.filter(p))
  def filterNot(p: T => Boolean): Array[T] = same(seq.filterNot(p))
  def withFilter(p: T => Boolean): ArrayWithFilter[T] = new ArrayWithFilter[T](this, p)
  def partition(p: T => Boolean): (Array[T], Array[T]) = (filter(p), filterNot(p))
  def slice(from: Int, until: Int): Array[T] = copyOfRange(from, until)
  def take(n: Int): Array[T] = copyOfRange(0, n)
  def drop(n: Int): Array[T] = copyOfRange(n, length)
  def takeRight(n: Int): Array[T] = if (n <= 0) copyOfRange(0, 0) else copyOfRange(length - n, length)
  def dropRight(n: Int): Array[T] = copyOfRange(0, if (n <= 0) length else length - n)
  def splitAt(n: Int): (Array[T], Array[T]) = (take(n), drop(n))
  def takeWhile(p: T => Boolean): Array[T] = take(passing(p))
  def dropWhile(p: T => Boolean): Array[T] = drop(passing(p))
  def span(p: T => Boolean): (Array[T], Array[T]) = splitAt(passing(p))
  private def passing(p: T => Boolean): Int = {
    var i = 0
    while (i < length && p(apply(i))) i += 1
    i
  }
  def tail: Array[T] =
    if (length == 0) throw new UnsupportedOperationException("tail of empty array") else copyOfRange(1, length)
  def init: Array[T] =
    if (length == 0) throw new UnsupportedOperationException("init of empty array") else copyOfRange(0, length - 1)
  def reverse: Array[T] = same(seq.reverse)
  /** O(n log n); equal elements keep their order. */
  def sorted[B >: T](implicit ordering: Ordering[B]): Array[T] = same(seq.sorted[B])
  def sortBy[B](f: T => B)(implicit ordering: Ordering[B]): Array[T] = same(seq.sortBy[B](f))
  def sortWith(before: (T, T) => Boolean): Array[T] = same(seq.sortWith(before))
  def distinct: Array[T] = same(seq.distinct)
  def distinctBy[B](f: T => B): Array[T] = same(seq.distinctBy[B](f))
  def diff[B >: T](that: scala.collection.Seq[B]): Array[T] = same(seq.diff[B](that))
  def intersect[B >: T](that: scala.collection.Seq[B]): Array[T] = same(seq.intersect[B](that))
  def groupBy[K](key: T => K): Map[K, Array[T]] =
    Collect.groupMap[T, K, T, Array[T]](seq, key, (x: T) => x, () => ArraySeq.newBuilder[T].mapResult[Array[T]]((s: ArraySeq[T]) => same(s)))
  def groupMap[K, B](key: T => K)(f: T => B)(implicit tag: ClassTag[B]): Map[K, Array[B]] =
    Collect.groupMap[T, K, B, Array[B]](
      seq,
      key,
      f,
      () => ArraySeq.newBuilder[B].mapResult[Array[B]]((s: ArraySeq[B]) => build[B](s))
    )
  def groupMapReduce[K, B](key: T => K)(f: T => B)(reduce: (B, B) => B): Map[K, B] =
    seq.groupMapReduce[K, B](key)(f)(reduce)
  def grouped(size: Int): Iterator[Array[T]] = sliding(size, size)
  def sliding(size: Int): Iterator[Array[T]] = sliding(size, 1)
  def sliding(size: Int, step: Int): Iterator[Array[T]] =
    seq.sliding(size, step).map[Array[T]]((part: ArraySeq[T]) => same(part))
  def permutations: Iterator[Array[T]] = seq.permutations.map[Array[T]]((part: ArraySeq[T]) => same(part))
  def combinations(n: Int): Iterator[Array[T]] = seq.combinations(n).map[Array[T]]((part: ArraySeq[T]) => same(part))
  def tapEach[U](f: T => U): Array[T] = {
    foreach[U](f)
    this
  }
  def mapInPlace(f: T => T): Array[T] = {
    var i = 0
    while (i < length) {
      update(i, f(apply(i)))
      i += 1
    }
    this
  }
  def sortInPlace[B >: T]()(implicit ordering: Ordering[B]): Array[T] = {
    val all = sorted[B]
    Arrays.copyAny(all, 0, this, 0, length)
    this
  }
  def copyToArray(target: Array[T]): Int = copyToArray(target, 0, length)
  def copyToArray(target: Array[T], start: Int): Int = copyToArray(target, start, length)
  def copyToArray(target: Array[T], start: Int, n: Int): Int = {
    val room = target.length - start
    val wanted = if (n < length) n else length
    val count = if (wanted < room) wanted else room
    if (count > 0) Arrays.copyAny(this, 0, target, start, count)
    if (count > 0) count else 0
  }

  // ── other kinds ──
  def toArray[B >: T](implicit tag: ClassTag[B]): Array[B] = build[B](seq)
  def toList: List[T] = seq.toList
  def toVector: Vector[T] = seq.toVector
  def toStream: Stream[T] = seq.toStream
  def toSeq: Seq[T] = ArraySeq.unsafeWrapArray[T](clone())
  def toIndexedSeq: IndexedSeq[T] = ArraySeq.unsafeWrapArray[T](clone())
  def toIterable: Iterable[T] = toSeq
  def toSet[B >: T]: Set[B] = seq.toSet[B]
  def toMap[K, V](implicit ev: T <:< (K, V)): Map[K, V] = seq.toMap[K, V]
  def toBuffer[B >: T]: Buffer[B] = ArrayBuffer.from[B](seq)
}

/** An array with a condition that is tested when the elements are used. */
final class ArrayWithFilter[T](from: Array[T], p: T => Boolean) {
  def foreach[U](f: T => U): Unit = from.foreach[Unit]((x: T) => if (p(x)) { f(x); () })
  def map[B](f: T => B)(implicit tag: ClassTag[B]): Array[B] = from.filter(p).map[B](f)
  def flatMap[B](f: T => IterableOnce[B])(implicit tag: ClassTag[B]): Array[B] = from.filter(p).flatMap[B](f)
  def withFilter(q: T => Boolean): ArrayWithFilter[T] = new ArrayWithFilter[T](from, (x: T) => p(x) && q(x))
}

object Array {
  def apply[T](elements: T*)(using tag: ClassTag[T]): Array[T] = from[T](elements)
  def from[T](elements: IterableOnce[T])(implicit tag: ClassTag[T]): Array[T] = {
    val all = Sorting.elements[T](elements)
    val result = tag.newArray(all.length)
    var i = 0
    while (i < all.length) {
      result(i) = all(i).asInstanceOf[T]
      i += 1
    }
    result
  }
  def empty[T](implicit tag: ClassTag[T]): Array[T] = tag.newArray(0)
  val emptyBooleanArray: Array[Boolean] = new Array[Boolean](0)
  val emptyByteArray: Array[Byte] = new Array[Byte](0)
  val emptyCharArray: Array[Char] = new Array[Char](0)
  val emptyDoubleArray: Array[Double] = new Array[Double](0)
  val emptyIntArray: Array[Int] = new Array[Int](0)
  val emptyLongArray: Array[Long] = new Array[Long](0)
  val emptyShortArray: Array[Short] = new Array[Short](0)
  def ofDim[T](n: Int)(implicit tag: ClassTag[T]): Array[T] = tag.newArray(n)
  def ofDim[T](m: Int, n: Int)(implicit tag: ClassTag[T]): Array[Array[T]] = tabulate[Array[T]](m)((i: Int) => ofDim[T](n))
  def ofDim[T](l: Int, m: Int, n: Int)(implicit tag: ClassTag[T]): Array[Array[Array[T]]] =
    tabulate[Array[Array[T]]](l)((i: Int) => ofDim[T](m, n))
  def fill[T](n: Int)(x: => T)(implicit tag: ClassTag[T]): Array[T] = {
    val result = tag.newArray(if (n < 0) 0 else n)
    var i = 0
    while (i < n) {
      result(i) = x
      i += 1
    }
    result
  }
  def fill[T](m: Int, n: Int)(x: => T)(implicit tag: ClassTag[T]): Array[Array[T]] =
    tabulate[Array[T]](m)((i: Int) => fill[T](n)(x))
  def tabulate[T](n: Int)(f: Int => T)(implicit tag: ClassTag[T]): Array[T] = {
    val result = tag.newArray(if (n < 0) 0 else n)
    var i = 0
    while (i < n) {
      result(i) = f(i)
      i += 1
    }
    result
  }
  def tabulate[T](m: Int, n: Int)(f: (Int, Int) => T)(implicit tag: ClassTag[T]): Array[Array[T]] =
    tabulate[Array[T]](m)((i: Int) => tabulate[T](n)((j: Int) => f(i, j)))
  def range(start: Int, end: Int): Array[Int] = range(start, end, 1)
  def range(start: Int, end: Int, step: Int): Array[Int] = from[Int](Range(start, end, step))
  def iterate[T](start: T, n: Int)(f: T => T)(implicit tag: ClassTag[T]): Array[T] =
    from[T](Iterator.iterate[T](start)(f).take(n))
  def concat[T](parts: Array[T]*)(implicit tag: ClassTag[T]): Array[T] = {
    val all = new ArrayBuffer[T]()
    parts.foreach[Unit]((part: Array[T]) => part.foreach[Unit]((x: T) => { all.addOne(x); () }))
    from[T](all)
  }
  def copy(from: Any, at: Int, to: Any, start: Int, count: Int): Unit = Arrays.copyAny(from, at, to, start, count)
  def unapplySeq[T](array: Array[T]): Option[ArraySeq[T]] = Some[ArraySeq[T]](ArraySeq.unsafeWrapArray[T](array))
}
