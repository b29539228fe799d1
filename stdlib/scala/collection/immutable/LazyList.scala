/** `LazyList`: a list whose cells are computed when they are needed, each once. Operations that give lazy lists take
  * constant time; the work is done when elements are asked for.
  */
package scala.collection.immutable

import fvm.internal.Collect
import scala.collection.{AbstractIterator, CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}
import scala.collection.mutable.{Builder, StringBuilder}

/** A cell: empty, or an element and the rest. */
final class LazyCell[+A](val head: A, val tail: LazyList[A])

/** `compute` gives the first cell, or null for the empty list. */
final class LazyList[+A](compute: () => LazyCell[A]) extends LinearSeq[A] {
  private lazy val cell: LazyCell[A] = {
    val result = compute()
    isKnown = true
    result
  }
  private var isKnown: Boolean = false

  override protected def className: String = "LazyList"
  override def collected[C](elements: Iterator[C]): Iterable[C] = LazyList.from[C](elements)
  override protected def lastFailure: String = "LinearSeq.last"
  override def isEmpty: Boolean = fvm.internal.AnyOps.isNull(cell)
  override def nonEmpty: Boolean = !isEmpty
  override def knownSize: Int = -1
  override def head: A =
    if (isEmpty) throw new java.util.NoSuchElementException("head of empty lazy list") else cell.head
  override def tail: LazyList[A] =
    if (isEmpty) throw new UnsupportedOperationException("tail of empty lazy list") else cell.tail
  override def iterator: Iterator[A] = new LazyListIterator[A](this)
  override def length: Int = iterator.size
  override def size: Int = length
  override def apply(index: Int): A = {
    var rest: LazyList[A] = this
    var i = index
    while (i > 0 && rest.nonEmpty) {
      rest = rest.tail
      i -= 1
    }
    if (i < 0 || rest.isEmpty) throw new IndexOutOfBoundsException(index.toString)
    rest.head
  }
  /** Computes all elements. */
  def force: LazyList[A] = {
    var rest: LazyList[A] = this
    while (rest.nonEmpty) rest = rest.tail
    this
  }

  override def map[B](f: A => B): LazyList[B] = LazyList.lazily[B](() => iterator.map[B](f))
  override def flatMap[B](f: A => IterableOnce[B]): LazyList[B] = LazyList.lazily[B](() => iterator.flatMap[B](f))
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): LazyList[B] = flatMap[B](ev)
  override def collect[B](f: PartialFunction[A, B]): LazyList[B] = LazyList.lazily[B](() => iterator.collect[B](f))
  override def filter(p: A => Boolean): LazyList[A] = LazyList.lazily[A](() => iterator.filter(p))
  override def filterNot(p: A => Boolean): LazyList[A] = LazyList.lazily[A](() => iterator.filterNot(p))
  override def partition(p: A => Boolean): (LazyList[A], LazyList[A]) = (filter(p), filterNot(p))
  override def take(n: Int): LazyList[A] =
    if (n <= 0) LazyList.empty[A] else LazyList.lazily[A](() => iterator.take(n))
  override def drop(n: Int): LazyList[A] = LazyList.deferred[A](() => {
    var rest: LazyList[A] = this
    var i = 0
    while (i < n && rest.nonEmpty) {
      rest = rest.tail
      i += 1
    }
    rest
  })
  override def slice(from: Int, until: Int): LazyList[A] = take(until).drop(from)
  override def takeWhile(p: A => Boolean): LazyList[A] = LazyList.lazily[A](() => iterator.takeWhile(p))
  override def dropWhile(p: A => Boolean): LazyList[A] = LazyList.deferred[A](() => {
    var rest: LazyList[A] = this
    while (rest.nonEmpty && p(rest.head)) rest = rest.tail
    rest
  })
  override def span(p: A => Boolean): (LazyList[A], LazyList[A]) = (takeWhile(p), dropWhile(p))
  override def splitAt(n: Int): (LazyList[A], LazyList[A]) = (take(n), drop(n))
  override def zip[B](that: IterableOnce[B]): LazyList[(A, B)] =
    LazyList.lazily[(A, B)](() => iterator.zip[B](that))
  override def zipWithIndex: LazyList[(A, Int)] = LazyList.lazily[(A, Int)](() => iterator.zipWithIndex)
  override def scanLeft[B](zero: B)(f: (B, A) => B): LazyList[B] =
    LazyList.now[B](zero, LazyList.lazily[B](() => iterator.scanLeft[B](zero)(f).drop(1)))
  override def concat[B >: A](that: IterableOnce[B]): LazyList[B] = followed[B](() => that)
  /** The cells of `that` follow as they are, so that chains of lists do not grow deep. */
  private def followed[B >: A](that: () => IterableOnce[B]): LazyList[B] = new LazyList[B](() =>
    if (nonEmpty) new LazyCell[B](head, tail.followed[B](that)) else LazyList.firstOf[B](LazyList.from[B](that()))
  )
  override def ++[B >: A](that: IterableOnce[B]): LazyList[B] = concat[B](that)
  override def appendedAll[B >: A](that: IterableOnce[B]): LazyList[B] = concat[B](that)
  override def :++[B >: A](that: IterableOnce[B]): LazyList[B] = concat[B](that)
  override def appended[B >: A](x: B): LazyList[B] = concat[B](Iterator.single[B](x))
  override def :+[B >: A](x: B): LazyList[B] = appended[B](x)
  override def prepended[B >: A](x: B): LazyList[B] = LazyList.now[B](x, this)
  override def +:[B >: A](x: B): LazyList[B] = prepended[B](x)
  override def prependedAll[B >: A](that: IterableOnce[B]): LazyList[B] =
    LazyList.lazily[B](() => that.iterator.concat[B](iterator))
  override def ++:[B >: A](that: IterableOnce[B]): LazyList[B] = prependedAll[B](that)
  def lazyAppendedAll[B >: A](that: => IterableOnce[B]): LazyList[B] =
    followed[B](() => that)
  override def distinct: LazyList[A] = distinctBy[A]((x: A) => x)
  override def distinctBy[B](f: A => B): LazyList[A] = LazyList.lazily[A](() => iterator.distinctBy[B](f))
  override def tapEach[U](f: A => U): LazyList[A] = LazyList.lazily[A](() => iterator.tapEach[U](f))
  override def scan[B >: A](zero: B)(f: (B, B) => B): LazyList[B] = scanLeft[B](zero)(f)
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): LazyList[(A1, B)] =
    LazyList.lazily[(A1, B)](() => iterator.zipAll[A1, B](that.iterator, x, y))
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (LazyList[A1], LazyList[A2]) =
    (map[A1]((x: A) => ev(x)._1), map[A2]((x: A) => ev(x)._2))
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (LazyList[A1], LazyList[A2]) = {
    val both = map[Either[A1, A2]](f)
    (both.collect[A1]({ case Left(x) => x }), both.collect[A2]({ case Right(x) => x }))
  }
  override def padTo[B >: A](length: Int, x: B): LazyList[B] = LazyList.lazily[B](() => iterator.padTo[B](length, x))
  override def updated[B >: A](index: Int, x: B): LazyList[B] =
    if (index < 0) throw new IndexOutOfBoundsException(index.toString)
    else
      LazyList.lazily[B](() => {
        val at = drop(index)
        if (at.isEmpty) throw new IndexOutOfBoundsException(index.toString)
        iterator.take(index).concat[B](Iterator.single[B](x)).concat[B](at.tail.iterator)
      })
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): LazyList[B] =
    LazyList.lazily[B](() => iterator.patch[B](from, other.iterator, replaced))
  override def takeRight(n: Int): LazyList[A] = LazyList.lazily[A](() => toList.takeRight(n).iterator)
  override def dropRight(n: Int): LazyList[A] =
    if (n <= 0) this
    else
      LazyList.lazily[A](() => {
        // The cell that is `n` ahead tells whether an element stays.
        val ahead = drop(n).iterator
        iterator.takeWhile((x: A) => if (ahead.hasNext) { ahead.next(); true } else false)
      })
  override def init: LazyList[A] = if (isEmpty) throw new UnsupportedOperationException() else dropRight(1)
  private def strict(elements: List[A]): LazyList[A] = LazyList.lazily[A](() => elements.iterator)
  override def reverse: LazyList[A] = strict(toList.reverse)
  override def sorted[B >: A](implicit ordering: Ordering[B]): LazyList[A] = strict(toList.sorted[B])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): LazyList[A] = strict(toList.sortBy[B](f))
  override def sortWith(before: (A, A) => Boolean): LazyList[A] = strict(toList.sortWith(before))
  override def diff[B >: A](that: scala.collection.Seq[B]): LazyList[A] =
    LazyList.lazily[A](() => toList.diff[B](that).iterator)
  override def intersect[B >: A](that: scala.collection.Seq[B]): LazyList[A] =
    LazyList.lazily[A](() => toList.intersect[B](that).iterator)
  override def tails: Iterator[LazyList[A]] =
    Iterator.iterateUntil[LazyList[A]](this, (x: LazyList[A]) => x.isEmpty, (x: LazyList[A]) => x.tail)
  override def inits: Iterator[LazyList[A]] =
    Iterator.iterateUntil[LazyList[A]](this, (x: LazyList[A]) => x.isEmpty, (x: LazyList[A]) => x.init)
  override def grouped(size: Int): Iterator[LazyList[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[LazyList[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[LazyList[A]] =
    new GroupedIterator[A](iterator, size, step).map[LazyList[A]]((part: IterableOnce[A]) => LazyList.from[A](part))
  override def groupBy[K](key: A => K): Map[K, LazyList[A]] =
    Collect.groupBy[A, K, LazyList[A]](this, key, () => LazyList.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, LazyList[B]] =
    Collect.groupMap[A, K, B, LazyList[B]](this, key, f, () => LazyList.newBuilder[B])
  override def permutations: Iterator[LazyList[A]] =
    new PermutationIterator[A](this).map[LazyList[A]]((part: IterableOnce[A]) => LazyList.from[A](part))
  override def combinations(n: Int): Iterator[LazyList[A]] =
    new CombinationIterator[A](this, n).map[LazyList[A]]((part: IterableOnce[A]) => LazyList.from[A](part))
  override def withFilter(p: A => Boolean): LazyListWithFilter[A] = new LazyListWithFilter[A](this, p)

  /** Shows what has been computed. */
  override def toString: String = {
    val out = new StringBuilder()
    out.append("LazyList(")
    var rest: LazyList[A] = this
    var isFirst = true
    while (rest.isKnown && rest.nonEmpty) {
      if (!isFirst) out.append(", ")
      out.append(fvm.internal.AnyOps.text(rest.head))
      isFirst = false
      rest = rest.tail
    }
    if (!rest.isKnown) out.append(if (isFirst) "<not computed>" else ", <not computed>")
    out.append(")").toString
  }
}

/** A lazy list with a condition. */
final class LazyListWithFilter[+A](from: LazyList[A], p: A => Boolean) extends SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): LazyList[B] = from.filter(p).map[B](f)
  override def flatMap[B](f: A => IterableOnce[B]): LazyList[B] = from.filter(p).flatMap[B](f)
  override def withFilter(q: A => Boolean): LazyListWithFilter[A] =
    new LazyListWithFilter[A](from, (x: A) => p(x) && q(x))
}

object LazyList {
  private val none: LazyList[Nothing] = {
    val list = new LazyList[Nothing](() => null)
    list.isEmpty
    list
  }
  def empty[A]: LazyList[A] = none
  /** A cell whose rest is computed later. */
  def cons[A](head: => A, tail: => LazyList[A]): LazyList[A] = deferredCons[A](head, tail)
  /** A cell that is there. */
  private[immutable] def now[A](head: A, tail: LazyList[A]): LazyList[A] = {
    val list = new LazyList[A](() => new LazyCell[A](head, tail))
    list.isEmpty
    list
  }
  private[immutable] def firstOf[A](list: LazyList[A]): LazyCell[A] =
    if (list.isEmpty) null else new LazyCell[A](list.head, list.tail)
  /** The list that `make` gives when it is needed. */
  def deferred[A](make: () => LazyList[A]): LazyList[A] = new LazyList[A](() => firstOf[A](make()))
  /** The elements of an iterator that is made when they are needed. */
  def lazily[A](make: () => Iterator[A]): LazyList[A] = new LazyList[A](() => next[A](make()))
  private def next[A](it: Iterator[A]): LazyCell[A] =
    if (it.hasNext) new LazyCell[A](it.next(), new LazyList[A](() => next[A](it))) else null

  def apply[A](elements: A*): LazyList[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): LazyList[A] = elements match {
    case list: LazyList[A] => list
    case _ => lazily[A](() => elements.iterator)
  }
  def from(start: Int): LazyList[Int] = lazily[Int](() => Iterator.from(start))
  def from(start: Int, step: Int): LazyList[Int] = lazily[Int](() => Iterator.from(start, step))
  def newBuilder[A]: Builder[A, LazyList[A]] =
    List.newBuilder[A].mapResult[LazyList[A]]((list: List[A]) => lazily[A](() => list.iterator))
  def concat[A](parts: Iterable[A]*): LazyList[A] = lazily[A](() => parts.iterator.flatMap[A]((part: Iterable[A]) => part))
  def range(start: Int, end: Int, step: Int): LazyList[Int] = lazily[Int](() => Iterator.range(start, end, step))
  def range(start: Int, end: Int): LazyList[Int] = lazily[Int](() => Iterator.range(start, end))
  def iterate[A](start: => A)(f: A => A): LazyList[A] = lazily[A](() => Iterator.iterate[A](start)(f))
  def continually[A](x: => A): LazyList[A] = lazily[A](() => Iterator.continually[A](x))
  def fill[A](n: Int)(x: => A): LazyList[A] = lazily[A](() => Iterator.fill[A](n)(x))
  def tabulate[A](n: Int)(f: Int => A): LazyList[A] = lazily[A](() => Iterator.tabulate[A](n)(f))
  def unfold[A, S](start: S)(f: S => Option[(A, S)]): LazyList[A] = lazily[A](() => Iterator.unfold[A, S](start)(f))
  def unapplySeq[A](list: LazyList[A]): Option[LazyList[A]] = Some[LazyList[A]](list)

  /** `head #:: tail`, both computed later. */
  def deferredCons[A](head: => A, tail: => LazyList[A]): LazyList[A] =
    new LazyList[A](() => new LazyCell[A](head, deferred[A](() => tail)))
  /** `before #::: after`, the second computed later. */
  def deferredConcat[A](before: LazyList[A], after: => LazyList[A]): LazyList[A] = before.lazyAppendedAll[A](after)

  /** `head #:: tail` in patterns. */
  object #:: {
    def unapply[A](list: LazyList[A]): Option[(A, LazyList[A])] =
      if (list.isEmpty) None else Some[(A, LazyList[A])]((list.head, list.tail))
  }
}

/** Goes over a lazy list. */
final class LazyListIterator[+A](list: LazyList[A]) extends AbstractIterator[A] {
  private var rest: LazyList[A] = list
  def hasNext: Boolean = rest.nonEmpty
  def next(): A = {
    val x = rest.head
    rest = rest.tail
    x
  }
}
