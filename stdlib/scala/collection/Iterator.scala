/** `Iterator`: elements one after the other, each once. Every operation that gives an iterator is lazy and takes
  * constant time until elements are asked for.
  */
package scala.collection

import fvm.internal.{Collect, Sorting}
import scala.collection.immutable.{List, Nil, Seq, Vector}
import scala.collection.mutable.ArrayBuffer

/** Elements one after the other. */
trait Iterator[+A] extends IterableOnceOps[A] {
  def hasNext: Boolean
  def next(): A
  override def iterator: Iterator[A] = this
  override def isEmpty: Boolean = !hasNext

  def nextOption(): Option[A] = if (hasNext) Some[A](next()) else None
  def map[B](f: A => B): Iterator[B] = new MapIterator[A, B](this, f)
  def flatMap[B](f: A => IterableOnce[B]): Iterator[B] = new FlatMapIterator[A, B](this, f)
  def flatten[B](implicit ev: A <:< IterableOnce[B]): Iterator[B] = new FlatMapIterator[A, B](this, ev)
  def filter(p: A => Boolean): Iterator[A] = new FilterIterator[A](this, p, true)
  def filterNot(p: A => Boolean): Iterator[A] = new FilterIterator[A](this, p, false)
  def withFilter(p: A => Boolean): Iterator[A] = new FilterIterator[A](this, p, true)
  def collect[B](f: PartialFunction[A, B]): Iterator[B] = new CollectIterator[A, B](this, f)
  def distinct: Iterator[A] = distinctBy[A]((x: A) => x)
  def distinctBy[B](f: A => B): Iterator[A] = new DistinctIterator[A, B](this, f)
  def take(n: Int): Iterator[A] = slice(0, n)
  def drop(n: Int): Iterator[A] = slice(n, Int.MaxValue)
  def slice(from: Int, until: Int): Iterator[A] = new SliceIterator[A](this, from, until)
  def takeWhile(p: A => Boolean): Iterator[A] = new TakeWhileIterator[A](this, p)
  def dropWhile(p: A => Boolean): Iterator[A] = new DropWhileIterator[A](this, p)
  def span(p: A => Boolean): (Iterator[A], Iterator[A]) = {
    val shared = new SpanSource[A](this, p)
    (shared.before, shared.after)
  }
  def partition(p: A => Boolean): (Iterator[A], Iterator[A]) = {
    val both = duplicate
    (both._1.filter(p), both._2.filterNot(p))
  }
  /** Two iterators over the same elements; what one has taken and the other not is kept. */
  def duplicate: (Iterator[A], Iterator[A]) = {
    val shared = new DuplicateSource[A](this)
    (new DuplicateIterator[A](shared, 0), new DuplicateIterator[A](shared, 1))
  }
  def concat[B >: A](that: => IterableOnce[B]): Iterator[B] = new ConcatIterator[B](this, () => that.iterator)
  def ++[B >: A](that: => IterableOnce[B]): Iterator[B] = new ConcatIterator[B](this, () => that.iterator)
  def zip[B](that: IterableOnce[B]): Iterator[(A, B)] = new ZipIterator[A, B](this, that.iterator)
  def zipAll[A1 >: A, B](that: IterableOnce[B], x: A1, y: B): Iterator[(A1, B)] =
    new ZipAllIterator[A1, B](this, that.iterator, x, y)
  def zipWithIndex: Iterator[(A, Int)] = zip[Int](Iterator.from(0))
  def scanLeft[B](zero: B)(f: (B, A) => B): Iterator[B] = new ScanIterator[A, B](this, zero, f)
  def padTo[B >: A](length: Int, x: B): Iterator[B] = new PadIterator[B](this, length, x)
  def patch[B >: A](from: Int, other: Iterator[B], replaced: Int): Iterator[B] =
    Collect.patch[B, List[B]](this, from, other, replaced, List.newBuilder[B]).iterator
  def buffered: BufferedIterator[A] = new BufferedIterator[A](this)
  def grouped[B >: A](size: Int): GroupedIterator[B] = new GroupedIterator[B](this, size, size)
  def sliding[B >: A](size: Int, step: Int = 1): GroupedIterator[B] = new GroupedIterator[B](this, size, step)
  def tapEach[U](f: A => U): Iterator[A] = map[A]((x: A) => {
    f(x)
    x
  })
  def indexWhere(p: A => Boolean, from: Int = 0): Int = {
    var i = 0
    var found = -1
    while (found < 0 && hasNext) {
      val x = next()
      if (i >= from && p(x)) found = i
      i += 1
    }
    found
  }
  def indexOf[B >: A](value: B, from: Int = 0): Int = indexWhere((x: A) => x == value, from)
  def contains(value: Any): Boolean = exists((x: A) => x == value)
  def length: Int = size
  def sameElements[B >: A](that: IterableOnce[B]): Boolean = {
    val other = that.iterator
    var result = true
    while (result && hasNext && other.hasNext) result = next() == other.next()
    result && !hasNext && !other.hasNext
  }
  def toIterator: Iterator[A] = this
  override def toString: String = "<iterator>"
}

/** A base for iterator classes. */
abstract class AbstractIterator[+A] extends Iterator[A]

object Iterator {
  def empty[A]: Iterator[A] = new EmptyIterator[A]()
  def single[A](x: A): Iterator[A] = new SingleIterator[A](x)
  def apply[A](elements: A*): Iterator[A] = new SlotIterator[A](fvm.internal.Varargs.slots[A](elements))
  def from(start: Int): Iterator[Int] = from(start, 1)
  def from(start: Int, step: Int): Iterator[Int] = new CountIterator(start, step)
  def range(start: Int, end: Int): Iterator[Int] = range(start, end, 1)
  def range(start: Int, end: Int, step: Int): Iterator[Int] = scala.collection.immutable.Range(start, end, step).iterator
  def iterate[A](start: A)(f: A => A): Iterator[A] = new IterateIterator[A](start, f)
  /** From `start` on by `f`, up to and including the first that satisfies `isLast`. */
  def iterateUntil[A](start: A, isLast: A => Boolean, f: A => A): Iterator[A] = new UntilIterator[A](start, isLast, f)
  def continually[A](x: => A): Iterator[A] = new ContinualIterator[A](() => x)
  def fill[A](n: Int)(x: => A): Iterator[A] = continually[A](x).take(n)
  def tabulate[A](n: Int)(f: Int => A): Iterator[A] = range(0, n).map[A](f)
  def unfold[A, S](start: S)(f: S => Option[(A, S)]): Iterator[A] = new UnfoldIterator[A, S](start, f)
  /** What every operation fails with when no element is left. */
  def exhausted(): Nothing = throw new java.util.NoSuchElementException("next on empty iterator")
}
