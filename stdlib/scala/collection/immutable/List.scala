/** `List`: cons cells. Operations on the front take constant time, all others are linear; none recurses. */
package scala.collection.immutable

import fvm.internal.{Collect, Fallback}
import scala.annotation.unchecked.uncheckedVariance
import scala.collection.{AbstractIterator, CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}
import scala.collection.mutable.{Builder, ListBuffer}

/** A list: empty, or a first element and a list of the others. */
sealed abstract class List[+A] extends LinearSeq[A] {
  override def head: A = throw new java.util.NoSuchElementException("head of empty list")
  override def tail: List[A] = throw new UnsupportedOperationException("tail of empty list")
  override def isEmpty: Boolean = true
  override protected def className: String = "List"
  override protected def lastFailure: String = "last of empty list"
  override protected def initFailure: String = "init of empty list"

  override def nonEmpty: Boolean = !isEmpty
  override def iterator: Iterator[A] = new ListIterator[A](this)
  override def knownSize: Int = if (isEmpty) 0 else -1
  override def length: Int = {
    var n = 0
    var rest: List[A] = this
    while (rest.nonEmpty) {
      n += 1
      rest = rest.tail
    }
    n
  }
  override def size: Int = length
  override def apply(index: Int): A = {
    var rest: List[A] = this
    var i = index
    while (i > 0 && rest.nonEmpty) {
      rest = rest.tail
      i -= 1
    }
    if (i < 0 || rest.isEmpty) throw new IndexOutOfBoundsException(index.toString)
    rest.head
  }
  override def isDefinedAt(index: Int): Boolean = index >= 0 && sizeCompare(index) > 0
  override def headOption: Option[A] = if (isEmpty) None else Some[A](head)
  override def toList: List[A] = this
  override def lazyZip[B](that: Iterable[B]): scala.collection.SeqLazyZip2[A, B, List] =
    new scala.collection.SeqLazyZip2[A, B, List](this, that, List)
  override def toSeq: List[A] = this

  // ── building ──
  def ::[B >: A](x: B): List[B] = new ::[B](x, this)
  def :::[B >: A](before: List[B]): List[B] =
    if (isEmpty) before
    else if (before.isEmpty) this
    else {
      val first = new ::[B](before.head, Nil)
      val last = copyInto[B](before.tail, first)
      last.next = this
      first
    }
  def reverse_:::[B >: A](before: List[B]): List[B] = {
    var result: List[B] = this
    var rest = before
    while (rest.nonEmpty) {
      result = new ::[B](rest.head, result)
      rest = rest.tail
    }
    result
  }
  /** Copies `from` behind `last`; gives the last cell. */
  private def copyInto[B](from: List[B], last: ::[B]): ::[B] = {
    var end = last
    var rest = from
    while (rest.nonEmpty) {
      val cell = new ::[B](rest.head, Nil)
      end.next = cell
      end = cell
      rest = rest.tail
    }
    end
  }
  override def prepended[B >: A](x: B): List[B] = new ::[B](x, this)
  override def appended[B >: A](x: B): List[B] = new ::[B](x, Nil).:::[B](this)
  override def concat[B >: A](that: IterableOnce[B]): List[B] = List.from[B](that).:::[B](this)
  override def appendedAll[B >: A](that: IterableOnce[B]): List[B] = List.from[B](that).:::[B](this)
  override def prependedAll[B >: A](that: IterableOnce[B]): List[B] = this.:::[B](List.from[B](that))
  override def reverse: List[A] = Nil.reverse_:::[A](this)
  override def updated[B >: A](index: Int, x: B): List[B] = {
    val before = new ListBuffer[B]()
    var rest: List[A] = this
    var i = 0
    while (i < index && rest.nonEmpty) {
      before.addOne(rest.head)
      rest = rest.tail
      i += 1
    }
    if (i != index || rest.isEmpty)
      throw new IndexOutOfBoundsException(index.toString + " is out of bounds (min 0, max " + (length - 1) + ")")
    before.prependToList(new ::[B](x, rest.tail))
  }

  // ── elements changed ──
  override def map[B](f: A => B): List[B] =
    if (isEmpty) Nil
    else {
      val first = new ::[B](f(head), Nil)
      var last = first
      var rest = tail
      while (rest.nonEmpty) {
        val cell = new ::[B](f(rest.head), Nil)
        last.next = cell
        last = cell
        rest = rest.tail
      }
      first
    }
  override def flatMap[B](f: A => IterableOnce[B]): List[B] = {
    val out = new ListBuffer[B]()
    var rest: List[A] = this
    while (rest.nonEmpty) {
      out.addAll(f(rest.head))
      rest = rest.tail
    }
    out.toList
  }
  override def collect[B](f: PartialFunction[A, B]): List[B] = {
    val out = new ListBuffer[B]()
    var rest: List[A] = this
    while (rest.nonEmpty) {
      val x = rest.head
      val result = f.applyOrElse[A, Any](x, Fallback.function)
      if (!Fallback.isMissing(result)) out.addOne(result.asInstanceOf[B])
      rest = rest.tail
    }
    out.toList
  }
  override def zipWithIndex: List[(A, Int)] = {
    val out = new ListBuffer[(A, Int)]()
    var rest: List[A] = this
    var i = 0
    while (rest.nonEmpty) {
      out.addOne((rest.head, i))
      rest = rest.tail
      i += 1
    }
    out.toList
  }

  /** As `map`, sharing the longest end of the list that `f` leaves as it is. */
  def mapConserve[B >: A](f: A => B): List[B] = {
    val mapped = map[B](f)
    var a: List[B] = this
    var b = mapped
    var i = 0
    var changed = 0
    while (a.nonEmpty) {
      i += 1
      if (!fvm.internal.AnyOps.same(a.head, b.head)) changed = i
      a = a.tail
      b = b.tail
    }
    if (changed == 0) this else drop(changed).:::[B](mapped.take(changed))
  }

  // ── parts ──
  override def filter(p: A => Boolean): List[A] = filterWanted(p, true)
  override def filterNot(p: A => Boolean): List[A] = filterWanted(p, false)
  private def filterWanted(p: A => Boolean, wanted: Boolean): List[A] = {
    val out = new ListBuffer[A]()
    var rest: List[A] = this
    while (rest.nonEmpty) {
      val x = rest.head
      if (p(x) == wanted) out.addOne(x)
      rest = rest.tail
    }
    out.toList
  }
  override def partition(p: A => Boolean): (List[A], List[A]) = {
    val yes = new ListBuffer[A]()
    val no = new ListBuffer[A]()
    var rest: List[A] = this
    while (rest.nonEmpty) {
      val x = rest.head
      if (p(x)) yes.addOne(x) else no.addOne(x)
      rest = rest.tail
    }
    (yes.toList, no.toList)
  }
  override def take(n: Int): List[A] = {
    val out = new ListBuffer[A]()
    var rest: List[A] = this
    var i = 0
    while (i < n && rest.nonEmpty) {
      out.addOne(rest.head)
      rest = rest.tail
      i += 1
    }
    if (rest.isEmpty) this else out.toList
  }
  override def drop(n: Int): List[A] = {
    var rest: List[A] = this
    var i = 0
    while (i < n && rest.nonEmpty) {
      rest = rest.tail
      i += 1
    }
    rest
  }
  override def splitAt(n: Int): (List[A], List[A]) = (take(n), drop(n))
  override def takeRight(n: Int): List[A] = drop(length - (if (n < 0) 0 else n))
  override def takeWhile(p: A => Boolean): List[A] = span(p)._1
  override def dropWhile(p: A => Boolean): List[A] = {
    var rest: List[A] = this
    while (rest.nonEmpty && p(rest.head)) rest = rest.tail
    rest
  }
  override def span(p: A => Boolean): (List[A], List[A]) = {
    val out = new ListBuffer[A]()
    var rest: List[A] = this
    while (rest.nonEmpty && p(rest.head)) {
      out.addOne(rest.head)
      rest = rest.tail
    }
    (out.toList, rest)
  }
  override def tails: Iterator[List[A]] =
    Iterator.iterateUntil[List[A]](this, (x: List[A]) => x.isEmpty, (x: List[A]) => x.tail)

  // ── going through ──
  override def foreach[U](f: A => U): Unit = {
    var rest: List[A] = this
    while (rest.nonEmpty) {
      f(rest.head)
      rest = rest.tail
    }
  }
  override def foldLeft[B](zero: B)(f: (B, A) => B): B = {
    var result = zero
    var rest: List[A] = this
    while (rest.nonEmpty) {
      result = f(result, rest.head)
      rest = rest.tail
    }
    result
  }
  override def foldRight[B](zero: B)(f: (A, B) => B): B = {
    var result = zero
    var rest = reverse
    while (rest.nonEmpty) {
      result = f(rest.head, result)
      rest = rest.tail
    }
    result
  }
  override def exists(p: A => Boolean): Boolean = {
    var rest: List[A] = this
    while (rest.nonEmpty && !p(rest.head)) rest = rest.tail
    rest.nonEmpty
  }
  override def forall(p: A => Boolean): Boolean = {
    var rest: List[A] = this
    while (rest.nonEmpty && p(rest.head)) rest = rest.tail
    rest.isEmpty
  }
  override def contains[B >: A](value: B): Boolean = {
    var rest: List[A] = this
    while (rest.nonEmpty && rest.head != value) rest = rest.tail
    rest.nonEmpty
  }
  override def find(p: A => Boolean): Option[A] = {
    var rest: List[A] = this
    while (rest.nonEmpty && !p(rest.head)) rest = rest.tail
    rest.headOption
  }
  override def last: A = {
    if (isEmpty) throw new java.util.NoSuchElementException(lastFailure)
    var rest: List[A] = this
    while (rest.tail.nonEmpty) rest = rest.tail
    rest.head
  }

  // ── elements changed or joined ──
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): List[B] =
    Collect.flatMap[A, B, List[B]](this, ev, List.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): List[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): List[(A, B)] =
    Collect.zip[A, B, List[(A, B)]](this, that, List.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): List[(A1, B)] =
    Collect.zipAll[A1, B, List[(A1, B)]](this, that, x, y, List.newBuilder[(A1, B)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (List[A1], List[A2]) =
    Collect.unzip[A, A1, A2, List[A1], List[A2]](this, ev, List.newBuilder[A1], List.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (List[A1], List[A2], List[A3]) =
    Collect.unzip3[A, A1, A2, A3, List[A1], List[A2], List[A3]](this, ev, List.newBuilder[A1], List.newBuilder[A2], List.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (List[A1], List[A2]) =
    Collect.partitionMap[A, A1, A2, List[A1], List[A2]](this, f, List.newBuilder[A1], List.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): List[List[B]] =
    Collect.transpose[A, B, List[B], List[List[B]]](this, ev, () => List.newBuilder[B], List.newBuilder[List[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): List[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): List[B] =
    Collect.scanLeft[A, B, List[B]](this, zero, f, List.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): List[B] =
    Collect.scanRight[A, B, List[B]](this, zero, f, List.newBuilder[B])
  override def withFilter(p: A => Boolean): ListWithFilter[A] = new ListWithFilter[A](this, p)
  override def :+[B >: A](x: B): List[B] = appended[B](x)
  override def +:[B >: A](x: B): List[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): List[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): List[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): List[B] =
    Collect.padTo[B, List[B]](this, length, x, List.newBuilder[B])
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): List[B] =
    Collect.patch[B, List[B]](this, from, other, replaced, List.newBuilder[B])

  // ── some of the elements ──
  override def slice(from: Int, until: Int): List[A] =
    Collect.slice[A, List[A]](this, from, until, List.newBuilder[A])
  override def dropRight(n: Int): List[A] = Collect.dropRight[A, List[A]](this, n, List.newBuilder[A])
  override def init: List[A] = Collect.init[A, List[A]](this, initFailure, List.newBuilder[A])
  override def tapEach[U](f: A => U): List[A] = Collect.tapEach[A, List[A]](this, f, List.newBuilder[A])
  override def inits: Iterator[List[A]] =
    Iterator.iterateUntil[List[A]](this, (x: List[A]) => x.isEmpty, (x: List[A]) => x.init)
  override def grouped(size: Int): Iterator[List[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[List[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[List[A]] =
    new GroupedIterator[A](iterator, size, step).map[List[A]]((part: IterableOnce[A]) => Collect.all[A, List[A]](part, List.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, List[A]] =
    Collect.groupBy[A, K, List[A]](this, key, () => List.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, List[B]] =
    Collect.groupMap[A, K, B, List[B]](this, key, f, () => List.newBuilder[B])

  // ── another order ──
  override def sorted[B >: A](implicit ordering: Ordering[B]): List[A] =
    Collect.sorted[A, B, List[A]](this, ordering, List.newBuilder[A])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): List[A] =
    Collect.sorted[A, A, List[A]](this, Ordering.by[A, B](f), List.newBuilder[A])
  override def sortWith(before: (A, A) => Boolean): List[A] =
    Collect.sorted[A, A, List[A]](this, Ordering.fromLessThan[A](before), List.newBuilder[A])
  override def distinct: List[A] = Collect.distinctBy[A, A, List[A]](this, (x: A) => x, List.newBuilder[A])
  override def distinctBy[B](f: A => B): List[A] = Collect.distinctBy[A, B, List[A]](this, f, List.newBuilder[A])
  override def diff[B >: A](that: scala.collection.Seq[B]): List[A] =
    Collect.diff[A, B, List[A]](this, that, List.newBuilder[A])
  override def intersect[B >: A](that: scala.collection.Seq[B]): List[A] =
    Collect.intersect[A, B, List[A]](this, that, List.newBuilder[A])
  override def permutations: Iterator[List[A]] =
    new PermutationIterator[A](this).map[List[A]]((part: IterableOnce[A]) => Collect.all[A, List[A]](part, List.newBuilder[A]))
  override def combinations(n: Int): Iterator[List[A]] =
    new CombinationIterator[A](this, n).map[List[A]]((part: IterableOnce[A]) => Collect.all[A, List[A]](part, List.newBuilder[A]))
}

/** A list with at least one element. */
final case class ::[+A](override val head: A, var next: List[A @uncheckedVariance]) extends List[A] {
  override def tail: List[A] = next
  override def isEmpty: Boolean = false
  override def toString: String = mkString("List(", ", ", ")")
  override def equals(that: Any): Boolean = super.equals(that)
  override def hashCode: Int = super.hashCode
}

/** The empty list. */
case object Nil extends List[Nothing] {
  override def toString: String = "List()"
  override def equals(that: Any): Boolean = super.equals(that)
  override def hashCode: Int = super.hashCode
}

/** A `List` with a condition that is tested when the elements are used. */
final class ListWithFilter[+A](from: Iterable[A], p: A => Boolean) extends SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): List[B] = Collect.map[A, B, List[B]](elements, f, List.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): List[B] =
    Collect.flatMap[A, B, List[B]](elements, f, List.newBuilder[B])
  override def withFilter(q: A => Boolean): ListWithFilter[A] =
    new ListWithFilter[A](from, (x: A) => p(x) && q(x))
}

object List extends scala.collection.SeqFactory[List] {
  override def empty[A]: List[A] = Nil
  override def apply[A](elements: A*): List[A] = from[A](elements)
  def from[A](elements: IterableOnce[A]): List[A] = elements match {
    case list: List[A] => list
    case buffer: ListBuffer[A] => buffer.toList
    case _ => new ListBuffer[A]().addAll(elements).toList
  }
  def newBuilder[A]: Builder[A, List[A]] = new ListBuffer[A]()
  def unapplySeq[A](list: List[A]): Option[List[A]] = Some[List[A]](list)
  override def fill[A](n: Int)(x: => A): List[A] = {
    val out = new ListBuffer[A]()
    var i = 0
    while (i < n) {
      out.addOne(x)
      i += 1
    }
    out.toList
  }
  override def tabulate[A](n: Int)(f: Int => A): List[A] = {
    val out = new ListBuffer[A]()
    var i = 0
    while (i < n) {
      out.addOne(f(i))
      i += 1
    }
    out.toList
  }
  override def concat[A](parts: Iterable[A]*): List[A] = {
    val out = new ListBuffer[A]()
    parts.foreach((part: Iterable[A]) => out.addAll(part))
    out.toList
  }
}

/** Goes over a list. */
final class ListIterator[+A](list: List[A]) extends AbstractIterator[A] {
  private var rest: List[A] = list
  def hasNext: Boolean = rest.nonEmpty
  def next(): A = {
    val x = rest.head
    rest = rest.tail
    x
  }
}
