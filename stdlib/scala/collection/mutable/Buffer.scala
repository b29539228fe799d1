/** Sequences that change: what `ArrayBuffer`, `ListBuffer` and the deques have in common. */
package scala.collection.mutable

import scala.collection.{IterableOnce, Iterator}

/** A sequence whose elements can be replaced. */
trait Seq[A] extends scala.collection.Seq[A] {
  def update(index: Int, x: A): Unit
  def mapInPlace(f: A => A): Seq[A] = {
    var i = 0
    while (i < length) {
      update(i, f(apply(i)))
      i += 1
    }
    this
  }
}

object Seq {
  def empty[A]: Seq[A] = new ArrayBuffer[A]()
  def apply[A](elements: A*): Seq[A] = ArrayBuffer.from[A](elements)
  def from[A](elements: IterableOnce[A]): Seq[A] = ArrayBuffer.from[A](elements)
  def fill[A](n: Int)(x: => A): Seq[A] = ArrayBuffer.fill[A](n)(x)
}

/** A mutable sequence with fast indexing. */
trait IndexedSeq[A] extends Seq[A]

object IndexedSeq {
  def empty[A]: IndexedSeq[A] = new ArrayBuffer[A]()
  def apply[A](elements: A*): IndexedSeq[A] = ArrayBuffer.from[A](elements)
  def from[A](elements: IterableOnce[A]): IndexedSeq[A] = ArrayBuffer.from[A](elements)
  def fill[A](n: Int)(x: => A): IndexedSeq[A] = ArrayBuffer.fill[A](n)(x)
  def tabulate[A](n: Int)(f: Int => A): IndexedSeq[A] = ArrayBuffer.tabulate[A](n)(f)
}

/** A sequence that grows and shrinks. */
trait Buffer[A] extends Seq[A] with Growable[A] with Shrinkable[A] {
  def addOne(x: A): Buffer[A]
  def prepend(x: A): Buffer[A]
  def insert(index: Int, x: A): Unit
  def remove(index: Int): A
  def remove(index: Int, count: Int): Unit

  override def +=(x: A): Buffer[A] = addOne(x)
  override def addAll(elements: IterableOnce[A]): Buffer[A] = {
    // A buffer added to itself must not go on for ever.
    val it = if (fvm.internal.AnyOps.same(elements, this)) toList.iterator else elements.iterator
    while (it.hasNext) addOne(it.next())
    this
  }
  override def ++=(elements: IterableOnce[A]): Buffer[A] = addAll(elements)
  def append(x: A): Buffer[A] = addOne(x)
  def appendAll(elements: IterableOnce[A]): Buffer[A] = addAll(elements)
  def +=:(x: A): Buffer[A] = prepend(x)
  def prependAll(elements: IterableOnce[A]): Buffer[A] = {
    insertAll(0, elements)
    this
  }
  def ++=:(elements: IterableOnce[A]): Buffer[A] = prependAll(elements)
  def insertAll(index: Int, elements: IterableOnce[A]): Unit = {
    val it = elements.iterator.toList.iterator
    var i = index
    while (it.hasNext) {
      insert(i, it.next())
      i += 1
    }
  }
  /** Removes the first element that equals `x`. */
  override def subtractOne(x: A): Buffer[A] = {
    val i = indexOf[A](x)
    if (i >= 0) remove(i)
    this
  }
  override def -=(x: A): Buffer[A] = subtractOne(x)
  override def subtractAll(elements: IterableOnce[A]): Buffer[A] = {
    val it = elements.iterator
    while (it.hasNext) subtractOne(it.next())
    this
  }
  override def --=(elements: IterableOnce[A]): Buffer[A] = subtractAll(elements)
  def dropInPlace(n: Int): Buffer[A] = {
    if (n > 0) remove(0, if (n < length) n else length)
    this
  }
  def dropRightInPlace(n: Int): Buffer[A] = {
    if (n > 0) {
      val count = if (n < length) n else length
      remove(length - count, count)
    }
    this
  }
  def trimStart(n: Int): Unit = dropInPlace(n)
  def trimEnd(n: Int): Unit = dropRightInPlace(n)
  def takeInPlace(n: Int): Buffer[A] = dropRightInPlace(length - (if (n < 0) 0 else n))
  def takeRightInPlace(n: Int): Buffer[A] = dropInPlace(length - (if (n < 0) 0 else n))
  def filterInPlace(p: A => Boolean): Buffer[A] = {
    var kept = 0
    var i = 0
    while (i < length) {
      val x = apply(i)
      if (p(x)) {
        update(kept, x)
        kept += 1
      }
      i += 1
    }
    dropRightInPlace(length - kept)
  }
  def patchInPlace(from: Int, other: IterableOnce[A], replaced: Int): Buffer[A] = {
    val start = if (from < 0) 0 else if (from > length) length else from
    val gone = if (replaced < 0) 0 else if (replaced > length - start) length - start else replaced
    if (gone > 0) remove(start, gone)
    insertAll(start, other)
    this
  }
  def sortInPlace[B >: A]()(implicit ordering: Ordering[B]): Buffer[A] = replaceAll(sorted[B])
  def sortInPlaceBy[B](f: A => B)(implicit ordering: Ordering[B]): Buffer[A] = replaceAll(sortBy[B](f))
  def sortInPlaceWith(before: (A, A) => Boolean): Buffer[A] = replaceAll(sortWith(before))
  private def replaceAll(elements: scala.collection.Seq[A]): Buffer[A] = {
    val it = elements.iterator
    var i = 0
    while (it.hasNext) {
      update(i, it.next())
      i += 1
    }
    this
  }
  protected def checkIndex(index: Int, count: Int): Unit =
    if (index < 0 || index >= count)
      throw new IndexOutOfBoundsException(index.toString + " is out of bounds (min 0, max " + (count - 1) + ")")

  /** Fails unless something can be inserted at the index; the text is Scala's. */
  protected def checkInsertion(index: Int, shown: Int): Unit =
    if (index < 0 || index > length)
      throw new IndexOutOfBoundsException(shown.toString + " is out of bounds (min 0, max " + (length - 1) + ")")
}

object Buffer extends scala.collection.SeqFactory[Buffer] {
  def from[A](elements: IterableOnce[A]): Buffer[A] = ArrayBuffer.from[A](elements)
  def newBuilder[A]: Builder[A, Buffer[A]] = ArrayBuffer.newBuilder[A]
  def unapplySeq[A](elements: Buffer[A]): Option[List[A]] = Some[List[A]](elements.toList)
}
