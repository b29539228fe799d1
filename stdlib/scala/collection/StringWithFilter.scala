/** What `withFilter` gives for a string. */
package scala.collection

import scala.collection.immutable.IndexedSeq

/** A string with a condition on its units. */
final class StringWithFilter(from: String, p: Char => Boolean) {
  def foreach[U](f: Char => U): Unit = from.foreach[Unit]((c: Char) => if (p(c)) { f(c); () })
  def map(f: Char => Char): String = from.filter(p).map(f)
  def map[B](f: Char => B): IndexedSeq[B] = from.filter(p).map[B](f)
  def flatMap(f: Char => String): String = from.filter(p).flatMap(f)
  def flatMap[B](f: Char => IterableOnce[B]): IndexedSeq[B] = from.filter(p).flatMap[B](f)
  def withFilter(q: Char => Boolean): StringWithFilter = new StringWithFilter(from, (c: Char) => p(c) && q(c))
}
