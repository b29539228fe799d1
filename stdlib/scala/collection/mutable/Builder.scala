/** What collections are made with. */
package scala.collection.mutable

import scala.collection.{IterableOnce, Iterator}

/** Something that elements can be added to. */
trait Growable[-A] {
  def addOne(x: A): Growable[A]
  def clear(): Unit
  def +=(x: A): Growable[A] = addOne(x)
  /** Adds all; linear in their number. */
  def addAll(elements: IterableOnce[A]): Growable[A] = {
    val it = elements.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  def ++=(elements: IterableOnce[A]): Growable[A] = addAll(elements)
}

/** Something that elements can be taken out of. */
trait Shrinkable[-A] {
  def subtractOne(x: A): Shrinkable[A]
  def -=(x: A): Shrinkable[A] = subtractOne(x)
  def subtractAll(elements: IterableOnce[A]): Shrinkable[A] = {
    val it = elements.iterator
    while (it.hasNext) subtractOne(it.next())
    this
  }
  def --=(elements: IterableOnce[A]): Shrinkable[A] = subtractAll(elements)
}

/** Collects elements and then gives the collection. */
trait Builder[-A, +To] extends Growable[A] {
  def addOne(x: A): Builder[A, To]
  def result(): To
  override def +=(x: A): Builder[A, To] = addOne(x)
  override def addAll(elements: IterableOnce[A]): Builder[A, To] = {
    val it = elements.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  override def ++=(elements: IterableOnce[A]): Builder[A, To] = addAll(elements)
  /** Tells how many elements are expected. */
  def sizeHint(size: Int): Unit = ()
  def mapResult[NewTo](f: To => NewTo): Builder[A, NewTo] = new MappedBuilder[A, To, NewTo](this, f)
}

/** A builder whose result goes through a function. */
final class MappedBuilder[-A, To, +NewTo](builder: Builder[A, To], f: To => NewTo) extends Builder[A, NewTo] {
  def addOne(x: A): Builder[A, NewTo] = {
    builder.addOne(x)
    this
  }
  def clear(): Unit = builder.clear()
  def result(): NewTo = f(builder.result())
}
