/** `LazyList`: a list whose cells are computed when they are needed, each once. Operations that give lazy lists take
  * constant time; the work is done when elements are asked for.
  */
package scala.collection.immutable

import scala.collection.{AbstractIterator, Iterable, IterableOnce, Iterator}
import scala.collection.mutable.StringBuilder

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
  override protected def lastFailure: String = "last of empty lazy list"
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
    LazyList.lazily[B](() => iterator.scanLeft[B](zero)(f))
  override def concat[B >: A](that: IterableOnce[B]): LazyList[B] =
    LazyList.lazily[B](() => iterator.concat[B](that.iterator))
  override def ++[B >: A](that: IterableOnce[B]): LazyList[B] = concat[B](that)
  override def appended[B >: A](x: B): LazyList[B] = concat[B](Iterator.single[B](x))
  override def :+[B >: A](x: B): LazyList[B] = appended[B](x)
  override def prepended[B >: A](x: B): LazyList[B] = LazyList.cons[B](x, () => this)
  override def +:[B >: A](x: B): LazyList[B] = prepended[B](x)
  def lazyAppendedAll[B >: A](that: => IterableOnce[B]): LazyList[B] =
    LazyList.lazily[B](() => iterator.concat[B](that.iterator))
  def #:::[B >: A](before: => LazyList[B]): LazyList[B] =
    LazyList.lazily[B](() => before.iterator.concat[B](this.iterator))
  override def distinct: LazyList[A] = LazyList.lazily[A](() => iterator.distinct)
  override def tapEach[U](f: A => U): LazyList[A] = LazyList.lazily[A](() => iterator.tapEach[U](f))
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
  def empty[A]: LazyList[A] = new LazyList[A](() => null)
  /** A cell whose rest is computed later. */
  def cons[A](head: A, tail: () => LazyList[A]): LazyList[A] =
    new LazyList[A](() => new LazyCell[A](head, deferred[A](tail)))
  /** The list that `make` gives when it is needed. */
  def deferred[A](make: () => LazyList[A]): LazyList[A] = new LazyList[A](() => {
    val list = make()
    if (list.isEmpty) null else new LazyCell[A](list.head, list.tail)
  })
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
  def range(start: Int, end: Int): LazyList[Int] = lazily[Int](() => Iterator.range(start, end))
  def iterate[A](start: => A)(f: A => A): LazyList[A] = lazily[A](() => Iterator.iterate[A](start)(f))
  def continually[A](x: => A): LazyList[A] = lazily[A](() => Iterator.continually[A](x))
  def fill[A](n: Int)(x: => A): LazyList[A] = lazily[A](() => Iterator.fill[A](n)(x))
  def tabulate[A](n: Int)(f: Int => A): LazyList[A] = lazily[A](() => Iterator.tabulate[A](n)(f))
  def unfold[A, S](start: S)(f: S => Option[(A, S)]): LazyList[A] = lazily[A](() => Iterator.unfold[A, S](start)(f))
  def unapplySeq[A](list: LazyList[A]): Option[LazyList[A]] = Some[LazyList[A]](list)

  extension [A](head: => A) {
    /** An element in front of a list that is computed later. */
    def #::[B >: A](tail: => LazyList[B]): LazyList[B] =
      new LazyList[B](() => new LazyCell[B](head, deferred[B](() => tail)))
  }

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
