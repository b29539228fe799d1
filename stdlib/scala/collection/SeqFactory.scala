/** What the companions of sequences have in common. */
package scala.collection

import scala.collection.immutable.{List, Range}

/** Makes sequences of the kind `CC`. */
trait SeqFactory[CC[A] <: Seq[A]] {
  def from[A](elements: IterableOnce[A]): CC[A]
  def empty[A]: CC[A] = from[A](List.empty[A])
  def apply[A](elements: A*): CC[A] = from[A](elements)
  def fill[A](n: Int)(x: => A): CC[A] = from[A](Iterator.fill[A](n)(x))
  def fill[A](m: Int, n: Int)(x: => A): CC[CC[A]] = fill[CC[A]](m)(fill[A](n)(x))
  def tabulate[A](n: Int)(f: Int => A): CC[A] = from[A](Iterator.tabulate[A](n)(f))
  def tabulate[A](m: Int, n: Int)(f: (Int, Int) => A): CC[CC[A]] =
    tabulate[CC[A]](m)((i: Int) => tabulate[A](n)((j: Int) => f(i, j)))
  def range(start: Int, end: Int): CC[Int] = from[Int](Range(start, end))
  def range(start: Int, end: Int, step: Int): CC[Int] = from[Int](Range(start, end, step))
  def iterate[A](start: A, n: Int)(f: A => A): CC[A] = from[A](Iterator.iterate[A](start)(f).take(n))
  def unfold[A, S](start: S)(f: S => Option[(A, S)]): CC[A] = from[A](Iterator.unfold[A, S](start)(f))
  def concat[A](parts: Iterable[A]*): CC[A] = from[A](parts.iterator.flatMap[A]((part: Iterable[A]) => part))
}
