/** What `withFilter` gives: a collection with a condition that is tested when the elements are used. */
package scala.collection

import fvm.internal.Collect
import scala.collection.immutable.List

class WithFilter[+A](from: Iterable[A], p: A => Boolean) {
  protected def elements: Iterator[A] = from.iterator.filter(p)
  def foreach[U](f: A => U): Unit = from.foreach[Unit]((x: A) => if (p(x)) { f(x); () })
  def map[B](f: A => B): Iterable[B] = Collect.map[A, B, Iterable[B]](elements, f, List.newBuilder[B])
  def flatMap[B](f: A => IterableOnce[B]): Iterable[B] =
    Collect.flatMap[A, B, Iterable[B]](elements, f, List.newBuilder[B])
  def withFilter(q: A => Boolean): WithFilter[A] = new WithFilter[A](from, (x: A) => p(x) && q(x))
}
