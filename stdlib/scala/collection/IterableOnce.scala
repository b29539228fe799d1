/** What can be gone through: once (`IterableOnce`), with the operations that need no result collection. All are linear
  * in the number of elements they look at.
  */
package scala.collection

import fvm.internal.{AnyOps, Fallback, Sorting}
import scala.collection.immutable.{IndexedSeq, LazyList, List, Map, Seq, Set, Stream, TreeMap, TreeSet, Vector}
import scala.collection.mutable.{ArrayBuffer, Buffer, ListBuffer, StringBuilder}

/** Something whose elements can be had one after the other, perhaps only once. */
trait IterableOnce[+A] {
  def iterator: Iterator[A]
  /** The number of elements if it is known without counting, otherwise -1. */
  def knownSize: Int = -1
}

/** Operations that give no collection of the same kind. */
trait IterableOnceOps[+A] extends IterableOnce[A] {
  def isEmpty: Boolean = !iterator.hasNext
  def nonEmpty: Boolean = !isEmpty
  def size: Int = {
    val known = knownSize
    if (known >= 0) known
    else {
      var n = 0
      val it = iterator
      while (it.hasNext) {
        it.next()
        n += 1
      }
      n
    }
  }

  def foreach[U](f: A => U): Unit = {
    val it = iterator
    while (it.hasNext) f(it.next())
  }
  def forall(p: A => Boolean): Boolean = {
    val it = iterator
    var result = true
    while (result && it.hasNext) result = p(it.next())
    result
  }
  def exists(p: A => Boolean): Boolean = {
    val it = iterator
    var result = false
    while (!result && it.hasNext) result = p(it.next())
    result
  }
  def count(p: A => Boolean): Int = {
    val it = iterator
    var n = 0
    while (it.hasNext) if (p(it.next())) n += 1
    n
  }
  def find(p: A => Boolean): Option[A] = {
    val it = iterator
    var result: Option[A] = None
    while (result.isEmpty && it.hasNext) {
      val x = it.next()
      if (p(x)) result = Some[A](x)
    }
    result
  }
  def collectFirst[B](f: PartialFunction[A, B]): Option[B] = {
    val it = iterator
    var result: Option[B] = None
    while (result.isEmpty && it.hasNext) {
      val x = it.next()
      val found = f.applyOrElse[A, Any](x, Fallback.function)
      if (!Fallback.isMissing(found)) result = Some[B](found.asInstanceOf[B])
    }
    result
  }

  def foldLeft[B](zero: B)(f: (B, A) => B): B = {
    var result = zero
    val it = iterator
    while (it.hasNext) result = f(result, it.next())
    result
  }
  def foldRight[B](zero: B)(f: (A, B) => B): B = {
    var result = zero
    val it = reversedElements.iterator
    while (it.hasNext) result = f(it.next(), result)
    result
  }
  def fold[B >: A](zero: B)(f: (B, B) => B): B = foldLeft[B](zero)(f)
  def /:[B](zero: B)(f: (B, A) => B): B = foldLeft[B](zero)(f)
  def :\[B](zero: B)(f: (A, B) => B): B = foldRight[B](zero)(f)
  def aggregate[B](zero: => B)(add: (B, A) => B, join: (B, B) => B): B = foldLeft[B](zero)(add)
  def reduce[B >: A](f: (B, B) => B): B = reduceLeft[B](f)
  def reduceOption[B >: A](f: (B, B) => B): Option[B] = reduceLeftOption[B](f)
  def reduceLeft[B >: A](f: (B, A) => B): B = {
    val it = iterator
    if (!it.hasNext) throw new UnsupportedOperationException("empty.reduceLeft")
    var result: B = it.next()
    while (it.hasNext) result = f(result, it.next())
    result
  }
  def reduceRight[B >: A](f: (A, B) => B): B = {
    val it = reversedElements.iterator
    if (!it.hasNext) throw new UnsupportedOperationException("empty.reduceRight")
    var result: B = it.next()
    while (it.hasNext) result = f(it.next(), result)
    result
  }
  def reduceLeftOption[B >: A](f: (B, A) => B): Option[B] = if (isEmpty) None else Some[B](reduceLeft[B](f))
  def reduceRightOption[B >: A](f: (A, B) => B): Option[B] = if (isEmpty) None else Some[B](reduceRight[B](f))
  private def reversedElements: List[A] = {
    var result: List[A] = List.empty[A]
    val it = iterator
    while (it.hasNext) result = new scala.collection.immutable.::[A](it.next(), result)
    result
  }

  def sum[B >: A](implicit numeric: Numeric[B]): B = {
    var result: B = numeric.zero
    val it = iterator
    while (it.hasNext) result = numeric.plus(result, it.next())
    result
  }
  def product[B >: A](implicit numeric: Numeric[B]): B = {
    var result: B = numeric.one
    val it = iterator
    while (it.hasNext) result = numeric.times(result, it.next())
    result
  }
  def min[B >: A](implicit ordering: Ordering[B]): A = {
    val it = iterator
    if (!it.hasNext) throw new UnsupportedOperationException("empty.min")
    var best: A = it.next()
    while (it.hasNext) {
      val x = it.next()
      if (ordering.lt(x, best)) best = x
    }
    best
  }
  def max[B >: A](implicit ordering: Ordering[B]): A = {
    val it = iterator
    if (!it.hasNext) throw new UnsupportedOperationException("empty.max")
    var best: A = it.next()
    while (it.hasNext) {
      val x = it.next()
      if (ordering.gt(x, best)) best = x
    }
    best
  }
  def minOption[B >: A](implicit ordering: Ordering[B]): Option[A] = if (isEmpty) None else Some[A](min[B])
  def maxOption[B >: A](implicit ordering: Ordering[B]): Option[A] = if (isEmpty) None else Some[A](max[B])
  def minBy[B](f: A => B)(implicit ordering: Ordering[B]): A = extremeBy[B](f, "empty.minBy", -1, ordering)
  def maxBy[B](f: A => B)(implicit ordering: Ordering[B]): A = extremeBy[B](f, "empty.maxBy", 1, ordering)
  def minByOption[B](f: A => B)(implicit ordering: Ordering[B]): Option[A] = if (isEmpty) None else Some[A](minBy[B](f))
  def maxByOption[B](f: A => B)(implicit ordering: Ordering[B]): Option[A] = if (isEmpty) None else Some[A](maxBy[B](f))
  /** The first element whose image is extreme in the direction of `sign`. */
  private def extremeBy[B](f: A => B, failure: String, sign: Int, ordering: Ordering[B]): A = {
    val it = iterator
    if (!it.hasNext) throw new UnsupportedOperationException(failure)
    var best: A = it.next()
    var bestImage: B = f(best)
    while (it.hasNext) {
      val x = it.next()
      val image = f(x)
      if (if (sign < 0) ordering.lt(image, bestImage) else ordering.gt(image, bestImage)) {
        best = x
        bestImage = image
      }
    }
    best
  }

  def mkString: String = mkString("", "", "")
  def mkString(separator: String): String = mkString("", separator, "")
  def mkString(start: String, separator: String, end: String): String = {
    val out = new StringBuilder()
    addString(out, start, separator, end).toString
  }
  def addString(out: StringBuilder, start: String, separator: String, end: String): StringBuilder = {
    out.append(start)
    val it = iterator
    if (it.hasNext) {
      out.append(AnyOps.text(it.next()))
      while (it.hasNext) out.append(separator).append(AnyOps.text(it.next()))
    }
    out.append(end)
  }
  def addString(out: StringBuilder, separator: String): StringBuilder = addString(out, "", separator, "")
  def addString(out: StringBuilder): StringBuilder = addString(out, "", "", "")

  /** The elements as another kind of collection, named by its companion. */
  def to(kind: List.type): List[A] = toList
  def to(kind: Vector.type): Vector[A] = toVector
  def to(kind: Seq.type): Seq[A] = toList
  def to(kind: IndexedSeq.type): IndexedSeq[A] = toVector
  def to[B >: A](kind: Set.type): Set[B] = toSet[B]
  def to[B >: A](kind: ArrayBuffer.type): ArrayBuffer[B] = ArrayBuffer.from[B](this)
  def to[B >: A](kind: ListBuffer.type): ListBuffer[B] = ListBuffer.from[B](this)
  def to[B >: A](kind: TreeSet.type)(implicit ordering: Ordering[B]): TreeSet[B] = TreeSet.from[B](this)
  def to[K, V](kind: TreeMap.type)(implicit ev: A <:< (K, V), ordering: Ordering[K]): TreeMap[K, V] =
    TreeMap.from[K, V](iterator.map[(K, V)](ev))
  def to[K, V](kind: Map.type)(implicit ev: A <:< (K, V)): Map[K, V] = toMap[K, V]
  def to(kind: LazyList.type): LazyList[A] = LazyList.from[A](this)
  def to[B >: A](kind: Array.type)(implicit tag: scala.reflect.ClassTag[B]): Array[B] = toArray[B]
  def toList: List[A] = List.from[A](this)
  def toVector: Vector[A] = Vector.from[A](this)
  def toStream: Stream[A] = Stream.from[A](this)
  def toSeq: Seq[A] = toList
  def toIndexedSeq: IndexedSeq[A] = toVector
  def toIterable: Iterable[A] = toList
  def toSet[B >: A]: Set[B] = Set.from[B](this)
  def toMap[K, V](implicit ev: A <:< (K, V)): Map[K, V] = {
    val out = Map.newBuilder[K, V]
    val it = iterator
    while (it.hasNext) out.addOne(ev(it.next()))
    out.result()
  }
  def toBuffer[B >: A]: Buffer[B] = ArrayBuffer.from[B](this)
  def toArray[B >: A](implicit tag: scala.reflect.ClassTag[B]): Array[B] = {
    val all = Sorting.elements[B](this)
    val result = tag.newArray(all.length)
    var i = 0
    while (i < all.length) {
      result(i) = all(i).asInstanceOf[B]
      i += 1
    }
    result
  }
  def copyToArray[B >: A](target: Array[B]): Int = copyToArray[B](target, 0, Int.MaxValue)
  def copyToArray[B >: A](target: Array[B], start: Int): Int = copyToArray[B](target, start, Int.MaxValue)
  def copyToArray[B >: A](target: Array[B], start: Int, count: Int): Int = {
    val it = iterator
    var n = 0
    while (n < count && start + n < target.length && it.hasNext) {
      target(start + n) = it.next()
      n += 1
    }
    n
  }
  def corresponds[B](that: IterableOnce[B])(p: (A, B) => Boolean): Boolean = {
    val a = iterator
    val b = that.iterator
    var result = true
    while (result && a.hasNext && b.hasNext) result = p(a.next(), b.next())
    result && !a.hasNext && !b.hasNext
  }
}
