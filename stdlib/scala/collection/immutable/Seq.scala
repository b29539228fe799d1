/** `Seq`: elements in a row that never change. */
package scala.collection.immutable

import fvm.internal.Collect
import scala.collection.{CombinationIterator, GroupedIterator, Iterable, IterableOnce, Iterator, PermutationIterator}

/** An immutable sequence. */
trait Seq[+A] extends scala.collection.Seq[A] {
  override def toSeq: Seq[A] = this

  // ── elements changed or joined ──
  override def map[B](f: A => B): Seq[B] = Collect.map[A, B, Seq[B]](this, f, List.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): Seq[B] =
    Collect.flatMap[A, B, Seq[B]](this, f, List.newBuilder[B])
  override def flatten[B](implicit ev: A <:< IterableOnce[B]): Seq[B] =
    Collect.flatMap[A, B, Seq[B]](this, ev, List.newBuilder[B])
  override def collect[B](f: PartialFunction[A, B]): Seq[B] =
    Collect.collect[A, B, Seq[B]](this, f, List.newBuilder[B])
  override def concat[B >: A](that: IterableOnce[B]): Seq[B] =
    Collect.concat[B, Seq[B]](this, that, List.newBuilder[B])
  override def ++[B >: A](that: IterableOnce[B]): Seq[B] = concat[B](that)
  override def zip[B](that: IterableOnce[B]): Seq[(A, B)] =
    Collect.zip[A, B, Seq[(A, B)]](this, that, List.newBuilder[(A, B)])
  override def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): Seq[(A1, B)] =
    Collect.zipAll[A1, B, Seq[(A1, B)]](this, that, x, y, List.newBuilder[(A1, B)])
  override def zipWithIndex: Seq[(A, Int)] = Collect.zipWithIndex[A, Seq[(A, Int)]](this, List.newBuilder[(A, Int)])
  override def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (Seq[A1], Seq[A2]) =
    Collect.unzip[A, A1, A2, Seq[A1], Seq[A2]](this, ev, List.newBuilder[A1], List.newBuilder[A2])
  override def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (Seq[A1], Seq[A2], Seq[A3]) =
    Collect.unzip3[A, A1, A2, A3, Seq[A1], Seq[A2], Seq[A3]](this, ev, List.newBuilder[A1], List.newBuilder[A2], List.newBuilder[A3])
  override def partitionMap[A1, A2](f: A => Either[A1, A2]): (Seq[A1], Seq[A2]) =
    Collect.partitionMap[A, A1, A2, Seq[A1], Seq[A2]](this, f, List.newBuilder[A1], List.newBuilder[A2])
  override def transpose[B](implicit ev: A <:< IterableOnce[B]): Seq[Seq[B]] =
    Collect.transpose[A, B, Seq[B], Seq[Seq[B]]](this, ev, () => List.newBuilder[B], List.newBuilder[Seq[B]])
  override def scan[B >: A](zero: B)(f: (B, B) => B): Seq[B] = scanLeft[B](zero)(f)
  override def scanLeft[B](zero: B)(f: (B, A) => B): Seq[B] =
    Collect.scanLeft[A, B, Seq[B]](this, zero, f, List.newBuilder[B])
  override def scanRight[B](zero: B)(f: (A, B) => B): Seq[B] =
    Collect.scanRight[A, B, Seq[B]](this, zero, f, List.newBuilder[B])
  override def withFilter(p: A => Boolean): SeqWithFilter[A] = new SeqWithFilter[A](this, p)
  override def appended[B >: A](x: B): Seq[B] = Collect.appended[B, Seq[B]](this, x, List.newBuilder[B])
  override def prepended[B >: A](x: B): Seq[B] = Collect.prepended[B, Seq[B]](x, this, List.newBuilder[B])
  override def appendedAll[B >: A](that: IterableOnce[B]): Seq[B] =
    Collect.concat[B, Seq[B]](this, that, List.newBuilder[B])
  override def prependedAll[B >: A](that: IterableOnce[B]): Seq[B] =
    Collect.concat[B, Seq[B]](that, this, List.newBuilder[B])
  override def :+[B >: A](x: B): Seq[B] = appended[B](x)
  override def +:[B >: A](x: B): Seq[B] = prepended[B](x)
  override def :++[B >: A](that: IterableOnce[B]): Seq[B] = appendedAll[B](that)
  override def ++:[B >: A](that: IterableOnce[B]): Seq[B] = prependedAll[B](that)
  override def padTo[B >: A](length: Int, x: B): Seq[B] =
    Collect.padTo[B, Seq[B]](this, length, x, List.newBuilder[B])
  override def updated[B >: A](index: Int, x: B): Seq[B] =
    Collect.updated[B, Seq[B]](this, index, x, List.newBuilder[B])
  override def patch[B >: A](from: Int, other: IterableOnce[B], replaced: Int): Seq[B] =
    Collect.patch[B, Seq[B]](this, from, other, replaced, List.newBuilder[B])

  // ── some of the elements ──
  override def filter(p: A => Boolean): Seq[A] = Collect.filter[A, Seq[A]](this, p, true, List.newBuilder[A])
  override def filterNot(p: A => Boolean): Seq[A] = Collect.filter[A, Seq[A]](this, p, false, List.newBuilder[A])
  override def partition(p: A => Boolean): (Seq[A], Seq[A]) =
    Collect.partition[A, Seq[A]](this, p, List.newBuilder[A], List.newBuilder[A])
  override def take(n: Int): Seq[A] = Collect.slice[A, Seq[A]](this, 0, n, List.newBuilder[A])
  override def drop(n: Int): Seq[A] = Collect.slice[A, Seq[A]](this, n, Int.MaxValue, List.newBuilder[A])
  override def slice(from: Int, until: Int): Seq[A] = Collect.slice[A, Seq[A]](this, from, until, List.newBuilder[A])
  override def takeRight(n: Int): Seq[A] = Collect.takeRight[A, Seq[A]](this, n, List.newBuilder[A])
  override def dropRight(n: Int): Seq[A] = Collect.dropRight[A, Seq[A]](this, n, List.newBuilder[A])
  override def takeWhile(p: A => Boolean): Seq[A] = Collect.takeWhile[A, Seq[A]](this, p, List.newBuilder[A])
  override def dropWhile(p: A => Boolean): Seq[A] = Collect.dropWhile[A, Seq[A]](this, p, List.newBuilder[A])
  override def span(p: A => Boolean): (Seq[A], Seq[A]) =
    Collect.span[A, Seq[A]](this, p, List.newBuilder[A], List.newBuilder[A])
  override def splitAt(n: Int): (Seq[A], Seq[A]) =
    Collect.splitAt[A, Seq[A]](this, n, List.newBuilder[A], List.newBuilder[A])
  override def tail: Seq[A] = Collect.tail[A, Seq[A]](this, tailFailure, List.newBuilder[A])
  override def init: Seq[A] = Collect.init[A, Seq[A]](this, initFailure, List.newBuilder[A])
  override def tapEach[U](f: A => U): Seq[A] = Collect.tapEach[A, Seq[A]](this, f, List.newBuilder[A])
  override def tails: Iterator[Seq[A]] =
    Iterator.iterateUntil[Seq[A]](this, (x: Seq[A]) => x.isEmpty, (x: Seq[A]) => x.tail)
  override def inits: Iterator[Seq[A]] =
    Iterator.iterateUntil[Seq[A]](this, (x: Seq[A]) => x.isEmpty, (x: Seq[A]) => x.init)
  override def grouped(size: Int): Iterator[Seq[A]] = sliding(size, size)
  override def sliding(size: Int): Iterator[Seq[A]] = sliding(size, 1)
  override def sliding(size: Int, step: Int): Iterator[Seq[A]] =
    new GroupedIterator[A](iterator, size, step).map[Seq[A]]((part: IterableOnce[A]) => Collect.all[A, Seq[A]](part, List.newBuilder[A]))
  override def groupBy[K](key: A => K): Map[K, Seq[A]] =
    Collect.groupBy[A, K, Seq[A]](this, key, () => List.newBuilder[A])
  override def groupMap[K, B](key: A => K)(f: A => B): Map[K, Seq[B]] =
    Collect.groupMap[A, K, B, Seq[B]](this, key, f, () => List.newBuilder[B])

  // ── another order ──
  override def reverse: Seq[A] = Collect.reverse[A, Seq[A]](this, List.newBuilder[A])
  override def sorted[B >: A](implicit ordering: Ordering[B]): Seq[A] =
    Collect.sorted[A, B, Seq[A]](this, ordering, List.newBuilder[A])
  override def sortBy[B](f: A => B)(implicit ordering: Ordering[B]): Seq[A] =
    Collect.sorted[A, A, Seq[A]](this, Ordering.by[A, B](f), List.newBuilder[A])
  override def sortWith(before: (A, A) => Boolean): Seq[A] =
    Collect.sorted[A, A, Seq[A]](this, Ordering.fromLessThan[A](before), List.newBuilder[A])
  override def distinct: Seq[A] = Collect.distinctBy[A, A, Seq[A]](this, (x: A) => x, List.newBuilder[A])
  override def distinctBy[B](f: A => B): Seq[A] = Collect.distinctBy[A, B, Seq[A]](this, f, List.newBuilder[A])
  override def diff[B >: A](that: scala.collection.Seq[B]): Seq[A] =
    Collect.diff[A, B, Seq[A]](this, that, List.newBuilder[A])
  override def intersect[B >: A](that: scala.collection.Seq[B]): Seq[A] =
    Collect.intersect[A, B, Seq[A]](this, that, List.newBuilder[A])
  override def permutations: Iterator[Seq[A]] =
    new PermutationIterator[A](this).map[Seq[A]]((part: IterableOnce[A]) => Collect.all[A, Seq[A]](part, List.newBuilder[A]))
  override def combinations(n: Int): Iterator[Seq[A]] =
    new CombinationIterator[A](this, n).map[Seq[A]]((part: IterableOnce[A]) => Collect.all[A, Seq[A]](part, List.newBuilder[A]))
}

/** A `Seq` with a condition that is tested when the elements are used. */
class SeqWithFilter[+A](from: Iterable[A], p: A => Boolean) extends scala.collection.SeqWithFilter[A](from, p) {
  override def map[B](f: A => B): Seq[B] = Collect.map[A, B, Seq[B]](elements, f, List.newBuilder[B])
  override def flatMap[B](f: A => IterableOnce[B]): Seq[B] =
    Collect.flatMap[A, B, Seq[B]](elements, f, List.newBuilder[B])
  override def withFilter(q: A => Boolean): SeqWithFilter[A] =
    new SeqWithFilter[A](from, (x: A) => p(x) && q(x))
}

object Seq {
  def empty[A]: Seq[A] = Nil
  def apply[A](elements: A*): Seq[A] = List.from[A](elements)
  def from[A](elements: IterableOnce[A]): Seq[A] = List.from[A](elements)
  def newBuilder[A]: scala.collection.mutable.Builder[A, Seq[A]] = List.newBuilder[A]
  def fill[A](n: Int)(x: => A): Seq[A] = List.fill[A](n)(x)
  def fill[A](m: Int, n: Int)(x: => A): Seq[Seq[A]] = List.fill[A](m, n)(x)
  def tabulate[A](n: Int)(f: Int => A): Seq[A] = List.tabulate[A](n)(f)
  def tabulate[A](m: Int, n: Int)(f: (Int, Int) => A): Seq[Seq[A]] = List.tabulate[A](m, n)(f)
  def iterate[A](start: A, n: Int)(f: A => A): Seq[A] = List.iterate[A](start, n)(f)
  def unfold[A, S](start: S)(f: S => Option[(A, S)]): Seq[A] = List.unfold[A, S](start)(f)
  def concat[A](parts: Iterable[A]*): Seq[A] = List.concat[A](parts*)
  def unapplySeq[A](elements: Seq[A]): Option[Seq[A]] = Some[Seq[A]](elements)
  def range(start: Int, end: Int): Seq[Int] = scala.collection.immutable.NumericRange[Int](start, end, 1)
  def range(start: Int, end: Int, step: Int): Seq[Int] = scala.collection.immutable.NumericRange[Int](start, end, step)
}

/** A sequence with fast access to its first element and the rest. */
trait LinearSeq[+A] extends Seq[A]

object LinearSeq {
  def empty[A]: LinearSeq[A] = Nil
  def apply[A](elements: A*): LinearSeq[A] = List.from[A](elements)
  def from[A](elements: IterableOnce[A]): LinearSeq[A] = List.from[A](elements)
}
