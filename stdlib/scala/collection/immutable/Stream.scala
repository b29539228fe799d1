/** `Stream`: a list whose first cell is there and whose others are computed when they are needed, each once. It is what
  * `LazyList` replaced; operations compute the first element of their result at once.
  */
package scala.collection.immutable

import fvm.internal.Collect
import scala.collection.{AbstractIterator, CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}
import scala.collection.mutable.{Builder, StringBuilder}

/** An element, and how the rest is computed. */
final class StreamCell[+A](val head: A, val rest: () => Stream[A])

/** The first cell, or null for the empty stream. */
final class Stream[+A](cell: StreamCell[A]) extends LinearSeq[A] {
  private lazy val next: Stream[A] = {
    val result = cell.rest()
    isKnown = true
    result
  }
  private var isKnown: Boolean = false

  override protected def className: String = "Stream"
  override def collected[C](elements: Iterator[C]): Iterable[C] = Stream.of[C](elements)
  override protected def lastFailure: String = "LinearSeq.last"
  override def isEmpty: Boolean = fvm.internal.AnyOps.isNull(cell)
  override def nonEmpty: Boolean = !isEmpty
  override def knownSize: Int = if (isEmpty) 0 else -1
  override def head: A =
    if (isEmpty) throw new java.util.NoSuchElementException("head of empty stream") else cell.head
  override def tail: Stream[A] =
    if (isEmpty) throw new UnsupportedOperationException("tail of empty stream") else next
  override def iterator: Iterator[A] = new StreamIterator[A](this)
  override def length: Int = iterator.size
  override def size: Int = length
  override def apply(index: Int): A = {
    var rest: Stream[A] = this
    var i = index
    while (i > 0 && rest.nonEmpty) {
      rest = rest.tail
      i -= 1
    }
    if (i < 0 || rest.isEmpty) throw new IndexOutOfBoundsException(index.toString)
    rest.head
  }
  /** Computes all elements. */
  def force: Stream[A] = {
    var rest: Stream[A] = this
    while (rest.nonEmpty) rest = rest.tail
    this
  }

  override def map[B](f: A => B): Stream[B] = Stream.of[B](iterator.map[B](f))
  override def flatMap[B](f: A => IterableOnce[B]): Stream[B] = Stream.of[B](iterator.flatMap[B](f))
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): Stream[B] = flatMap[B](ev)
  override def collect[B](f: PartialFunction[A, B]): Stream[B] = Stream.of[B](iterator.collect[B](f))
  override def filter(p: A => Boolean): Stream[A] = Stream.of[A](iterator.filter(p))
  override def filterNot(p: A => Boolean): Stream[A] = Stream.of[A](iterator.filterNot(p))
  override def partition(p: A => Boolean): (Stream[A], Stream[A]) = (filter(p), filterNot(p))
  override def take(n: Int): Stream[A] =
    if (n <= 0) Stream.empty[A] else Stream.of[A](iterator.take(n))
  override def drop(n: Int): Stream[A] = {
    var rest: Stream[A] = this
    var i = 0
    while (i < n && rest.nonEmpty) {
      rest = rest.tail
      i += 1
    }
    rest
  }
  override def slice(from: Int, until: Int): Stream[A] = take(until).drop(from)
  override def takeWhile(p: A => Boolean): Stream[A] = Stream.of[A](iterator.takeWhile(p))
  override def dropWhile(p: A => Boolean): Stream[A] = {
    var rest: Stream[A] = this
    while (rest.nonEmpty && p(rest.head)) rest = rest.tail
    rest
  }
  override def span(p: A => Boolean): (Stream[A], Stream[A]) = (takeWhile(p), dropWhile(p))
  override def splitAt(n: Int): (Stream[A], Stream[A]) = (take(n), drop(n))
  override def zip[B](that: IterableOnce[B]): Stream[(A, B)] =
    Stream.of[(A, B)](iterator.zip[B](that))
  override def zipWithIndex: Stream[(A, Int)] = Stream.of[(A, Int)](iterator.zipWithIndex)
  override def scanLeft[B](zero: B)(f: (B, A) => B): Stream[B] =
    Stream.of[B](iterator.scanLeft[B](zero)(f))
  override def concat[B >: A](that: IterableOnce[B]): Stream[B] = followed[B](() => that)
  /** The cells of `that` follow as they are, so that chains of streams do not grow deep. */
  private def followed[B >: A](that: () => IterableOnce[B]): Stream[B] =
    if (nonEmpty) new Stream[B](new StreamCell[B](head, () => tail.followed[B](that))) else Stream.from[B](that())
  override def ++[B >: A](that: IterableOnce[B]): Stream[B] = concat[B](that)
  override def appendedAll[B >: A](that: IterableOnce[B]): Stream[B] = concat[B](that)
  override def :++[B >: A](that: IterableOnce[B]): Stream[B] = concat[B](that)
  override def appended[B >: A](x: B): Stream[B] = concat[B](Iterator.single[B](x))
  override def :+[B >: A](x: B): Stream[B] = appended[B](x)
  override def prepended[B >: A](x: B): Stream[B] = Stream.deferredCons[B](x, this)
  override def +:[B >: A](x: B): Stream[B] = prepended[B](x)
  override def prependedAll[B >: A](that: IterableOnce[B]): Stream[B] =
    Stream.of[B](that.iterator.concat[B](iterator))
  override def ++:[B >: A](that: IterableOnce[B]): Stream[B] = prependedAll[B](that)
  def lazyAppendedAll[B >: A](that: => IterableOnce[B]): Stream[B] =
    followed[B](() => that)
  override def distinct: Stream[A] = distinctBy[A]((x: A) => x)
  override def distinctBy[B](f: A => B): Stream[A] = Stream.of[A](iterator.distinctBy[B](f))
  override def tapEach[U](f: A => U): Stream[A] = Stream.of[A](iterator.tapEach[U](f))
  override def scan[B >: A](zero: B)(f: (B, B) => B): Stream[B] = scanLeft[B](zero)(f)
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): Stream[(A1, B)] =
    Stream.of[(A1, B)](iterator.zipAll[A1, B](that.iterator, x, y))
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (Stream[A1], Stream[A2]) =
    (map[A1]((x: A) => ev(x)._1), map[A2]((x: A) => ev(x)._2))
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (Stream[A1], Stream[A2]) = {
    val left = map[Either[A1, A2]](f).collect[A1]({ case Left(x) => x })
    (left, map[Either[A1, A2]](f).collect[A2]({ case Right(x) => x }))
  }
  override def padTo[B >: A](length: Int, x: B): Stream[B] = Stream.of[B](iterator.padTo[B](length, x))
  override def updated[B >: A](index: Int, x: B): Stream[B] =
    if (index < 0) throw new IndexOutOfBoundsException(index.toString)
    else Stream.of[B](new StreamUpdate[B](iterator, index, x))
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): Stream[B] =
    Stream.of[B](iterator.patch[B](from, other.iterator, replaced))
  override def takeRight(n: Int): Stream[A] = Stream.of[A](toList.takeRight(n).iterator)
  override def dropRight(n: Int): Stream[A] =
    if (n <= 0) this
    else {
      // The cell that is `n` ahead tells whether an element stays.
      val ahead = drop(n).iterator
      Stream.of[A](iterator.takeWhile((x: A) => if (ahead.hasNext) { ahead.next(); true } else false))
    }
  override def init: Stream[A] = if (isEmpty) throw new UnsupportedOperationException() else dropRight(1)
  private def strict(elements: List[A]): Stream[A] = Stream.of[A](elements.iterator)
  override def reverse: Stream[A] = strict(toList.reverse)
  override def sorted[B >: A](implicit ordering: Ordering[B]): Stream[A] = strict(toList.sorted[B])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): Stream[A] = strict(toList.sortBy[B](f))
  override def sortWith(before: (A, A) => Boolean): Stream[A] = strict(toList.sortWith(before))
  override def diff[B >: A](that: scala.collection.Seq[B]): Stream[A] =
    Stream.of[A](toList.diff[B](that).iterator)
  override def intersect[B >: A](that: scala.collection.Seq[B]): Stream[A] =
    Stream.of[A](toList.intersect[B](that).iterator)
  override def tails: Iterator[Stream[A]] =
    Iterator.iterateUntil[Stream[A]](this, (x: Stream[A]) => x.isEmpty, (x: Stream[A]) => x.tail)
  override def inits: Iterator[Stream[A]] =
    Iterator.iterateUntil[Stream[A]](this, (x: Stream[A]) => x.isEmpty, (x: Stream[A]) => x.init)
  override def grouped(size: Int): Iterator[Stream[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Stream[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Stream[A]] =
    new GroupedIterator[A](iterator, size, step).map[Stream[A]]((part: IterableOnce[A]) => Stream.from[A](part))
  override def groupBy[K](key: A => K): Map[K, Stream[A]] =
    Collect.groupBy[A, K, Stream[A]](this, key, () => Stream.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, Stream[B]] =
    Collect.groupMap[A, K, B, Stream[B]](this, key, f, () => Stream.newBuilder[B])
  override def permutations: Iterator[Stream[A]] =
    new PermutationIterator[A](this).map[Stream[A]]((part: IterableOnce[A]) => Stream.from[A](part))
  override def combinations(n: Int): Iterator[Stream[A]] =
    new CombinationIterator[A](this, n).map[Stream[A]]((part: IterableOnce[A]) => Stream.from[A](part))
  override def withFilter(p: A => Boolean): StreamWithFilter[A] = new StreamWithFilter[A](this, p)


  /** Shows what has been computed. */
  override def toString: String = {
    val out = new StringBuilder()
    out.append("Stream(")
    var rest: Stream[A] = this
    var isFirst = true
    var isOpen = false
    while (!isOpen && rest.nonEmpty) {
      if (!isFirst) out.append(", ")
      out.append(fvm.internal.AnyOps.text(rest.head))
      isFirst = false
      if (rest.isKnown) rest = rest.tail else isOpen = true
    }
    if (isOpen) out.append(", <not computed>")
    out.append(")").toString
  }
}

/** A stream with a condition. */
final class StreamWithFilter[+A](from: Stream[A], p: A => Boolean) extends SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): Stream[B] = from.filter(p).map[B](f)
  override def flatMap[B](f: A => IterableOnce[B]): Stream[B] = from.filter(p).flatMap[B](f)
  override def withFilter(q: A => Boolean): StreamWithFilter[A] =
    new StreamWithFilter[A](from, (x: A) => p(x) && q(x))
}

object Stream {
  /** The stream without elements. */
  val Empty: Stream[Nothing] = new Stream[Nothing](null)
  def empty[A]: Stream[A] = Empty
  /** The elements of an iterator, which is asked for the first one now. */
  def of[A](it: Iterator[A]): Stream[A] =
    if (it.hasNext) new Stream[A](new StreamCell[A](it.next(), () => of[A](it))) else Empty

  def apply[A](elements: A*): Stream[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): Stream[A] = elements match {
    case stream: Stream[A] => stream
    case _ => of[A](elements.iterator)
  }
  def from(start: Int): Stream[Int] = of[Int](Iterator.from(start))
  def from(start: Int, step: Int): Stream[Int] = of[Int](Iterator.from(start, step))
  def newBuilder[A]: Builder[A, Stream[A]] =
    List.newBuilder[A].mapResult[Stream[A]]((list: List[A]) => from[A](list))
  def concat[A](parts: Iterable[A]*): Stream[A] = of[A](parts.iterator.flatMap[A]((part: Iterable[A]) => part))
  def range(start: Int, end: Int, step: Int): Stream[Int] = of[Int](Iterator.range(start, end, step))
  def range(start: Int, end: Int): Stream[Int] = of[Int](Iterator.range(start, end))
  def iterate[A](start: A)(f: A => A): Stream[A] = of[A](Iterator.iterate[A](start)(f))
  def continually[A](x: => A): Stream[A] = of[A](Iterator.continually[A](x))
  def fill[A](n: Int)(x: => A): Stream[A] = of[A](Iterator.fill[A](n)(x))
  def tabulate[A](n: Int)(f: Int => A): Stream[A] = of[A](Iterator.tabulate[A](n)(f))
  def unfold[A, S](start: S)(f: S => Option[(A, S)]): Stream[A] = of[A](Iterator.unfold[A, S](start)(f))
  def unapplySeq[A](stream: Stream[A]): Option[Stream[A]] = Some[Stream[A]](stream)

  /** `head #:: tail`, the second computed later. */
  def deferredCons[A](head: A, tail: => Stream[A]): Stream[A] =
    new Stream[A](new StreamCell[A](head, () => tail))
  /** `before #::: after`, the second computed later. */
  def deferredConcat[A](before: Stream[A], after: => Stream[A]): Stream[A] = before.lazyAppendedAll[A](after)

  /** `head #:: tail` in patterns. */
  object #:: {
    def unapply[A](stream: Stream[A]): Option[(A, Stream[A])] =
      if (stream.isEmpty) None else Some[(A, Stream[A])]((stream.head, stream.tail))
  }
  /** A cell whose rest is computed later. */
  object cons {
    def apply[A](head: A, tail: => Stream[A]): Stream[A] = deferredCons[A](head, tail)
    def unapply[A](stream: Stream[A]): Option[(A, Stream[A])] = #::.unapply[A](stream)
  }
}

/** Goes over a stream. */
final class StreamIterator[+A](stream: Stream[A]) extends AbstractIterator[A] {
  private var last: Stream[A] = stream
  private var isStarted: Boolean = false
  /** The rest is computed when it is asked for. */
  private def rest: Stream[A] = {
    if (isStarted) {
      last = last.tail
      isStarted = false
    }
    last
  }
  def hasNext: Boolean = rest.nonEmpty
  def next(): A = {
    val x = rest.head
    isStarted = true
    x
  }
}

/** The elements of an iterator, one of them replaced. */
final class StreamUpdate[A](it: Iterator[A], index: Int, x: A) extends AbstractIterator[A] {
  private var i: Int = 0
  def hasNext: Boolean =
    if (it.hasNext) true
    else if (index >= i) throw new IndexOutOfBoundsException(index.toString)
    else false
  def next(): A = {
    val old = it.next()
    i += 1
    if (i - 1 == index) x else old
  }
}
