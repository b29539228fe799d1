/** `Queue`: an immutable queue in two lists. Adding takes constant time, removing amortised constant time. */
package scala.collection.immutable

import fvm.internal.Collect
import scala.collection.{CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}
import scala.collection.mutable.{Builder, ListBuffer}

/** `out` is the front in order, `in` the back in reverse order. */
final class Queue[+A](in: List[A], out: List[A]) extends LinearSeq[A] {
  override protected def className: String = "Queue"
  override def lazyZip[B](that: Iterable[B]): scala.collection.SeqLazyZip2[A, B, Queue] =
    new scala.collection.SeqLazyZip2[A, B, Queue](this, that, Queue)
  override protected def tailFailure: String = "tail on empty queue"
  override def length: Int = in.length + out.length
  override def isEmpty: Boolean = in.isEmpty && out.isEmpty
  override def iterator: Iterator[A] = out.iterator.concat[A](in.reverse)
  override def apply(index: Int): A = {
    val n = out.length
    if (index < 0 || index >= n + in.length) 
      throw new IndexOutOfBoundsException((if (index < 0) in.length - index - 1 else index).toString)
    if (index < n) out(index) else in(in.length - 1 - (index - n))
  }
  override protected def lastFailure: String = "last on empty queue"
  override def reduceRight[B >: A](f: (A, B) => B): B =
    if (isEmpty) throw new UnsupportedOperationException("empty.reduceLeft") else super.reduceRight[B](f)
  override def head: A =
    if (out.nonEmpty) out.head
    else if (in.nonEmpty) in.last
    else throw new java.util.NoSuchElementException("head on empty queue")
  override def tail: Queue[A] =
    if (out.nonEmpty) new Queue[A](in, out.tail)
    else if (in.nonEmpty) new Queue[A](Nil, in.reverse.tail)
    else throw new java.util.NoSuchElementException("tail on empty queue")
  override def appended[B >: A](x: B): Queue[B] = new Queue[B](in.prepended[B](x), out)
  def enqueue[B >: A](x: B): Queue[B] = appended[B](x)
  def enqueueAll[B >: A](elements: IterableOnce[B]): Queue[B] = appendedAll[B](elements)
  def dequeue: (A, Queue[A]) =
    if (isEmpty) throw new java.util.NoSuchElementException("dequeue on empty queue") else (head, tail)
  def dequeueOption: Option[(A, Queue[A])] = if (isEmpty) None else Some[(A, Queue[A])](dequeue)
  def front: A = head

  // ── elements changed or joined ──
  override def map[B](f: A => B): Queue[B] = Collect.map[A, B, Queue[B]](this, f, Queue.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): Queue[B] =
    Collect.flatMap[A, B, Queue[B]](this, f, Queue.newBuilder[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): Queue[B] =
    Collect.flatMap[A, B, Queue[B]](this, ev, Queue.newBuilder[B])
  override def collect[B](f: PartialFunction[A, B]): Queue[B] =
    Collect.collect[A, B, Queue[B]](this, f, Queue.newBuilder[B])
  override def concat[B >: A](that: IterableOnce[B]): Queue[B] =
    Collect.concat[B, Queue[B]](this, that, Queue.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): Queue[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): Queue[(A, B)] =
    Collect.zip[A, B, Queue[(A, B)]](this, that, Queue.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): Queue[(A1, B)] =
    Collect.zipAll[A1, B, Queue[(A1, B)]](this, that, x, y, Queue.newBuilder[(A1, B)])
  override def zipWithIndex: Queue[(A, Int)] =
    Collect.zipWithIndex[A, Queue[(A, Int)]](this, Queue.newBuilder[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (Queue[A1], Queue[A2]) =
    Collect.unzip[A, A1, A2, Queue[A1], Queue[A2]](this, ev, Queue.newBuilder[A1], Queue.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (Queue[A1], Queue[A2], Queue[A3]) =
    Collect.unzip3[A, A1, A2, A3, Queue[A1], Queue[A2], Queue[A3]](this, ev, Queue.newBuilder[A1], Queue.newBuilder[A2], Queue.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (Queue[A1], Queue[A2]) =
    Collect.partitionMap[A, A1, A2, Queue[A1], Queue[A2]](this, f, Queue.newBuilder[A1], Queue.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): Queue[Queue[B]] =
    Collect.transpose[A, B, Queue[B], Queue[Queue[B]]](this, ev, () => Queue.newBuilder[B], Queue.newBuilder[Queue[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): Queue[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): Queue[B] =
    Collect.scanLeft[A, B, Queue[B]](this, zero, f, Queue.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): Queue[B] =
    Collect.scanRight[A, B, Queue[B]](this, zero, f, Queue.newBuilder[B])
  override def withFilter(p: A => Boolean): QueueWithFilter[A] = new QueueWithFilter[A](this, p)
  override def prepended[B >: A](x: B): Queue[B] = Collect.prepended[B, Queue[B]](x, this, Queue.newBuilder[B])
  override def appendedAll[B >: A](that: IterableOnce[B]): Queue[B] =
    Collect.concat[B, Queue[B]](this, that, Queue.newBuilder[B])
  override def prependedAll[B >: A](that: IterableOnce[B]): Queue[B] =
    Collect.concat[B, Queue[B]](that, this, Queue.newBuilder[B])
  override def :+[B >: A](x: B): Queue[B] = appended[B](x)
  override def +:[B >: A](x: B): Queue[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): Queue[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): Queue[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): Queue[B] =
    Collect.padTo[B, Queue[B]](this, length, x, Queue.newBuilder[B])
  override def updated[B >: A](index: Int, x: B): Queue[B] =
    Collect.updated[B, Queue[B]](this, index, x, Queue.newBuilder[B])
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): Queue[B] =
    Collect.patch[B, Queue[B]](this, from, other, replaced, Queue.newBuilder[B])

  // ── some of the elements ──
  override def filter(p: A => Boolean): Queue[A] = Collect.filter[A, Queue[A]](this, p, true, Queue.newBuilder[A])
  override def filterNot(p: A => Boolean): Queue[A] = Collect.filter[A, Queue[A]](this, p, false, Queue.newBuilder[A])
  override def partition(p: A => Boolean): (Queue[A], Queue[A]) =
    Collect.partition[A, Queue[A]](this, p, Queue.newBuilder[A], Queue.newBuilder[A])
  override def take(n: Int): Queue[A] = Collect.slice[A, Queue[A]](this, 0, n, Queue.newBuilder[A])
  override def drop(n: Int): Queue[A] = Collect.slice[A, Queue[A]](this, n, Int.MaxValue, Queue.newBuilder[A])
  override def slice(from: Int, until: Int): Queue[A] =
    Collect.slice[A, Queue[A]](this, from, until, Queue.newBuilder[A])
  override def takeRight(n: Int): Queue[A] = Collect.takeRight[A, Queue[A]](this, n, Queue.newBuilder[A])
  override def dropRight(n: Int): Queue[A] = Collect.dropRight[A, Queue[A]](this, n, Queue.newBuilder[A])
  override def takeWhile(p: A => Boolean): Queue[A] = Collect.takeWhile[A, Queue[A]](this, p, Queue.newBuilder[A])
  override def dropWhile(p: A => Boolean): Queue[A] = Collect.dropWhile[A, Queue[A]](this, p, Queue.newBuilder[A])
  override def span(p: A => Boolean): (Queue[A], Queue[A]) =
    Collect.span[A, Queue[A]](this, p, Queue.newBuilder[A], Queue.newBuilder[A])
  override def splitAt(n: Int): (Queue[A], Queue[A]) =
    Collect.splitAt[A, Queue[A]](this, n, Queue.newBuilder[A], Queue.newBuilder[A])
  override def init: Queue[A] = Collect.init[A, Queue[A]](this, initFailure, Queue.newBuilder[A])
  override def tapEach[U](f: A => U): Queue[A] = Collect.tapEach[A, Queue[A]](this, f, Queue.newBuilder[A])
  override def tails: Iterator[Queue[A]] =
    Iterator.iterateUntil[Queue[A]](this, (x: Queue[A]) => x.isEmpty, (x: Queue[A]) => x.tail)
  override def inits: Iterator[Queue[A]] =
    Iterator.iterateUntil[Queue[A]](this, (x: Queue[A]) => x.isEmpty, (x: Queue[A]) => x.init)
  override def grouped(size: Int): Iterator[Queue[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Queue[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Queue[A]] =
    new GroupedIterator[A](iterator, size, step).map[Queue[A]]((part: IterableOnce[A]) => Collect.all[A, Queue[A]](part, Queue.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, Queue[A]] =
    Collect.groupBy[A, K, Queue[A]](this, key, () => Queue.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, Queue[B]] =
    Collect.groupMap[A, K, B, Queue[B]](this, key, f, () => Queue.newBuilder[B])

  // ── another order ──
  override def reverse: Queue[A] = Collect.reverse[A, Queue[A]](this, Queue.newBuilder[A])
  override def sorted[B >: A](implicit ordering: Ordering[B]): Queue[A] =
    Collect.sorted[A, B, Queue[A]](this, ordering, Queue.newBuilder[A])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): Queue[A] =
    Collect.sorted[A, A, Queue[A]](this, Ordering.by[A, B](f), Queue.newBuilder[A])
  override def sortWith(before: (A, A) => Boolean): Queue[A] =
    Collect.sorted[A, A, Queue[A]](this, Ordering.fromLessThan[A](before), Queue.newBuilder[A])
  override def distinct: Queue[A] = Collect.distinctBy[A, A, Queue[A]](this, (x: A) => x, Queue.newBuilder[A])
  override def distinctBy[B](f: A => B): Queue[A] = Collect.distinctBy[A, B, Queue[A]](this, f, Queue.newBuilder[A])
  override def diff[B >: A](that: scala.collection.Seq[B]): Queue[A] =
    Collect.diff[A, B, Queue[A]](this, that, Queue.newBuilder[A])
  override def intersect[B >: A](that: scala.collection.Seq[B]): Queue[A] =
    Collect.intersect[A, B, Queue[A]](this, that, Queue.newBuilder[A])
  override def permutations: Iterator[Queue[A]] =
    new PermutationIterator[A](this).map[Queue[A]]((part: IterableOnce[A]) => Collect.all[A, Queue[A]](part, Queue.newBuilder[A]))
  override def combinations(n: Int): Iterator[Queue[A]] =
    new CombinationIterator[A](this, n).map[Queue[A]]((part: IterableOnce[A]) => Collect.all[A, Queue[A]](part, Queue.newBuilder[A]))
}

/** A `Queue` with a condition that is tested when the elements are used. */
final class QueueWithFilter[+A](from: Iterable[A], p: A => Boolean) extends SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): Queue[B] = Collect.map[A, B, Queue[B]](elements, f, Queue.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): Queue[B] =
    Collect.flatMap[A, B, Queue[B]](elements, f, Queue.newBuilder[B])
  override def withFilter(q: A => Boolean): QueueWithFilter[A] =
    new QueueWithFilter[A](from, (x: A) => p(x) && q(x))
}

object Queue extends scala.collection.SeqFactory[Queue] {
  def from[A](elements: IterableOnce[A]): Queue[A] = new Queue[A](Nil, List.from[A](elements))
  def newBuilder[A]: Builder[A, Queue[A]] =
    new ListBuffer[A]().mapResult[Queue[A]]((list: List[A]) => new Queue[A](Nil, list))
  def unapplySeq[A](elements: Queue[A]): Option[Queue[A]] = Some[Queue[A]](elements)
}
