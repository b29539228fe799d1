/** `Iterable`: a collection whose elements can be gone through again and again. The operations here give lists unless a
  * kind of collection overrides them; all are linear unless said otherwise.
  */
package scala.collection

import fvm.internal.Collect
import scala.collection.immutable.{List, Map, Seq}

/** Something with an iterator. */
trait Iterable[+A] extends IterableOnceOps[A] {
  /** The name in the text of the collection. */
  protected def className: String = "Iterable"
  protected def headFailure: String = "next on empty iterator"
  protected def lastFailure: String = "next on empty iterator"
  protected def tailFailure: String = null
  protected def initFailure: String = null

  override def toString: String = mkString(className + "(", ", ", ")")

  def head: A = {
    val it = iterator
    if (it.hasNext) it.next() else throw new java.util.NoSuchElementException(headFailure)
  }
  def headOption: Option[A] = {
    val it = iterator
    if (it.hasNext) Some[A](it.next()) else None
  }
  def last: A = {
    val it = iterator
    if (!it.hasNext) throw new java.util.NoSuchElementException(lastFailure)
    var x = it.next()
    while (it.hasNext) x = it.next()
    x
  }
  def lastOption: Option[A] = if (isEmpty) None else Some[A](last)
  override def isEmpty: Boolean = !iterator.hasNext
  def sizeCompare(n: Int): Int = {
    val known = knownSize
    if (known >= 0) java.lang.Integer.compare(known, n)
    else {
      val it = iterator
      var i = 0
      while (i <= n && it.hasNext) {
        it.next()
        i += 1
      }
      java.lang.Integer.compare(i, n)
    }
  }
  def sizeCompare(that: Iterable[Any]): Int = sizeCompare(that.size)
  /** The size as a number to compare with. */
  def sizeIs: Int = size
  def groupMapReduce[K, B](key: A => K)(f: A => B)(reduce: (B, B) => B): Map[K, B] =
    Collect.groupMapReduce[A, K, B](this, key, f, reduce)
  /** The same elements, with operations that wait until they are needed. */
  def view: View[A] = new View[A](() => iterator)
  /** Elements in a collection of this kind. */
  def collected[C](elements: Iterator[C]): Iterable[C] = elements.toList
  def lazyZip[B](that: Iterable[B]): LazyZip2[A, B] = new LazyZip2[A, B](this, that)
  def toIterator: Iterator[A] = iterator

  // ── elements changed or joined ──
  def map[B](f: A => B): Iterable[B] = Collect.map[A, B, Iterable[B]](this, f, List.newBuilder[B])
  def flatMap[B](f: A => IterableOnce[B]): Iterable[B] =
    Collect.flatMap[A, B, Iterable[B]](this, f, List.newBuilder[B])
  def flatten[B](implicit ev: A <:< IterableOnce[B]): Iterable[B] =
    Collect.flatMap[A, B, Iterable[B]](this, ev, List.newBuilder[B])
  def collect[B](f: PartialFunction[A, B]): Iterable[B] =
    Collect.collect[A, B, Iterable[B]](this, f, List.newBuilder[B])
  def concat[B >: A](that: IterableOnce[B]): Iterable[B] =
    Collect.concat[B, Iterable[B]](this, that, List.newBuilder[B])
  def ++[B >: A](that: IterableOnce[B]): Iterable[B] = concat[B](that)
  def zip[B](that: IterableOnce[B]): Iterable[(A, B)] =
    Collect.zip[A, B, Iterable[(A, B)]](this, that, List.newBuilder[(A, B)])
  def zipAll[A1 >: A, B](that: Iterable[B], x: A1, y: B): Iterable[(A1, B)] =
    Collect.zipAll[A1, B, Iterable[(A1, B)]](this, that, x, y, List.newBuilder[(A1, B)])
  def zipWithIndex: Iterable[(A, Int)] = Collect.zipWithIndex[A, Iterable[(A, Int)]](this, List.newBuilder[(A, Int)])
  def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (Iterable[A1], Iterable[A2]) =
    Collect.unzip[A, A1, A2, Iterable[A1], Iterable[A2]](this, ev, List.newBuilder[A1], List.newBuilder[A2])
  def unzip3[A1, A2, A3](implicit ev: A <:< (A1, A2, A3)): (Iterable[A1], Iterable[A2], Iterable[A3]) =
    Collect.unzip3[A, A1, A2, A3, Iterable[A1], Iterable[A2], Iterable[A3]](this, ev, List.newBuilder[A1], List.newBuilder[A2], List.newBuilder[A3])
  def partitionMap[A1, A2](f: A => Either[A1, A2]): (Iterable[A1], Iterable[A2]) =
    Collect.partitionMap[A, A1, A2, Iterable[A1], Iterable[A2]](this, f, List.newBuilder[A1], List.newBuilder[A2])
  def transpose[B](implicit ev: A <:< IterableOnce[B]): Iterable[Iterable[B]] =
    Collect.transpose[A, B, Iterable[B], Iterable[Iterable[B]]](this, ev, () => List.newBuilder[B], List.newBuilder[Iterable[B]])
  def scan[B >: A](zero: B)(f: (B, B) => B): Iterable[B] = scanLeft[B](zero)(f)
  def scanLeft[B](zero: B)(f: (B, A) => B): Iterable[B] =
    Collect.scanLeft[A, B, Iterable[B]](this, zero, f, List.newBuilder[B])
  def scanRight[B](zero: B)(f: (A, B) => B): Iterable[B] =
    Collect.scanRight[A, B, Iterable[B]](this, zero, f, List.newBuilder[B])
  def withFilter(p: A => Boolean): WithFilter[A] = new WithFilter[A](this, p)

  // ── some of the elements ──
  def filter(p: A => Boolean): Iterable[A] = Collect.filter[A, Iterable[A]](this, p, true, List.newBuilder[A])
  def filterNot(p: A => Boolean): Iterable[A] = Collect.filter[A, Iterable[A]](this, p, false, List.newBuilder[A])
  def partition(p: A => Boolean): (Iterable[A], Iterable[A]) =
    Collect.partition[A, Iterable[A]](this, p, List.newBuilder[A], List.newBuilder[A])
  def take(n: Int): Iterable[A] = Collect.slice[A, Iterable[A]](this, 0, n, List.newBuilder[A])
  def drop(n: Int): Iterable[A] = Collect.slice[A, Iterable[A]](this, n, Int.MaxValue, List.newBuilder[A])
  def slice(from: Int, until: Int): Iterable[A] = Collect.slice[A, Iterable[A]](this, from, until, List.newBuilder[A])
  def takeRight(n: Int): Iterable[A] = Collect.takeRight[A, Iterable[A]](this, n, List.newBuilder[A])
  def dropRight(n: Int): Iterable[A] = Collect.dropRight[A, Iterable[A]](this, n, List.newBuilder[A])
  def takeWhile(p: A => Boolean): Iterable[A] = Collect.takeWhile[A, Iterable[A]](this, p, List.newBuilder[A])
  def dropWhile(p: A => Boolean): Iterable[A] = Collect.dropWhile[A, Iterable[A]](this, p, List.newBuilder[A])
  def span(p: A => Boolean): (Iterable[A], Iterable[A]) =
    Collect.span[A, Iterable[A]](this, p, List.newBuilder[A], List.newBuilder[A])
  def splitAt(n: Int): (Iterable[A], Iterable[A]) =
    Collect.splitAt[A, Iterable[A]](this, n, List.newBuilder[A], List.newBuilder[A])
  def tail: Iterable[A] = Collect.tail[A, Iterable[A]](this, tailFailure, List.newBuilder[A])
  def init: Iterable[A] = Collect.init[A, Iterable[A]](this, initFailure, List.newBuilder[A])
  def tapEach[U](f: A => U): Iterable[A] = Collect.tapEach[A, Iterable[A]](this, f, List.newBuilder[A])
  def tails: Iterator[Iterable[A]] =
    Iterator.iterateUntil[Iterable[A]](this, (x: Iterable[A]) => x.isEmpty, (x: Iterable[A]) => x.tail)
  def inits: Iterator[Iterable[A]] =
    Iterator.iterateUntil[Iterable[A]](this, (x: Iterable[A]) => x.isEmpty, (x: Iterable[A]) => x.init)
  def grouped(size: Int): Iterator[Iterable[A]] = sliding(size, size)
  def sliding(size: Int): Iterator[Iterable[A]] = sliding(size, 1)
  def sliding(size: Int, step: Int): Iterator[Iterable[A]] =
    new GroupedIterator[A](iterator, size, step).map[Iterable[A]]((part: IterableOnce[A]) => Collect.all[A, Iterable[A]](part, List.newBuilder[A]))
  def groupBy[K](key: A => K): Map[K, Iterable[A]] =
    Collect.groupBy[A, K, Iterable[A]](this, key, () => List.newBuilder[A])
  def groupMap[K, B](key: A => K)(f: A => B): Map[K, Iterable[B]] =
    Collect.groupMap[A, K, B, Iterable[B]](this, key, f, () => List.newBuilder[B])
}

object Iterable {
  def empty[A]: Iterable[A] = List.empty[A]
  def apply[A](elements: A*): Iterable[A] = List.from[A](elements)
  def from[A](elements: IterableOnce[A]): Iterable[A] = List.from[A](elements)
  def newBuilder[A]: scala.collection.mutable.Builder[A, Iterable[A]] = List.newBuilder[A]
  def fill[A](n: Int)(x: => A): Iterable[A] = List.fill[A](n)(x)
  def tabulate[A](n: Int)(f: Int => A): Iterable[A] = List.tabulate[A](n)(f)
  def range(start: Int, end: Int): Iterable[Int] = List.range(start, end)
  def concat[A](parts: Iterable[A]*): Iterable[A] = List.concat[A](parts*)
}

/** Two collections gone through side by side; what is made of the pairs is a collection of the kind of the first. */
class LazyZip2[+A, +B](first: Iterable[A], second: Iterable[B]) {
  protected def pairs: Iterator[(A, B)] = first.iterator.zip[B](second)
  protected def mapped[C](f: (A, B) => C): Iterator[C] = pairs.map[C]((p: (A, B)) => f(p._1, p._2))
  protected def flatMapped[C](f: (A, B) => IterableOnce[C]): Iterator[C] = pairs.flatMap[C]((p: (A, B)) => f(p._1, p._2))
  protected def filtered(f: (A, B) => Boolean): Iterator[(A, B)] = pairs.filter((p: (A, B)) => f(p._1, p._2))
  def map[C](f: (A, B) => C): Iterable[C] = first.collected[C](mapped[C](f))
  def flatMap[C](f: (A, B) => IterableOnce[C]): Iterable[C] = first.collected[C](flatMapped[C](f))
  def filter(f: (A, B) => Boolean): Iterable[(A, B)] = first.collected[(A, B)](filtered(f))
  def foreach[U](f: (A, B) => U): Unit = pairs.foreach[U]((p: (A, B)) => f(p._1, p._2))
  def forall(f: (A, B) => Boolean): Boolean = pairs.forall((p: (A, B)) => f(p._1, p._2))
  def exists(f: (A, B) => Boolean): Boolean = pairs.exists((p: (A, B)) => f(p._1, p._2))
  def toList: List[(A, B)] = pairs.toList
  override def toString: String = first.toString + ".lazyZip(" + second.toString + ")"
}

/** As `LazyZip2`, where the kind of the first collection is known. */
final class SeqLazyZip2[+A, +B, CC[X] <: Seq[X]](first: Iterable[A], second: Iterable[B], kind: SeqFactory[CC])
    extends LazyZip2[A, B](first, second) {
  override def map[C](f: (A, B) => C): CC[C] = kind.from[C](mapped[C](f))
  override def flatMap[C](f: (A, B) => IterableOnce[C]): CC[C] = kind.from[C](flatMapped[C](f))
  override def filter(f: (A, B) => Boolean): CC[(A, B)] = kind.from[(A, B)](filtered(f))
}
