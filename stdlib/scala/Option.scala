/** `Option`: a value or none. All operations take constant time. */
package scala

import scala.collection.{AbstractIterator, Iterator}
import scala.collection.immutable.{List, Nil}

/** A value that may be missing. */
sealed abstract class Option[+A] extends IterableOnce[A] with Product {
  def isEmpty: Boolean
  def get: A
  def isDefined: Boolean = !isEmpty
  def nonEmpty: Boolean = !isEmpty
  override def knownSize: Int = if (isEmpty) 0 else 1
  def size: Int = if (isEmpty) 0 else 1

  def getOrElse[B >: A](default: => B): B = if (isEmpty) default else get
  def orElse[B >: A](other: => Option[B]): Option[B] = if (isEmpty) other else this
  def orNull[B >: A](implicit ev: Null <:< B): B = if (isEmpty) ev(null) else get

  def map[B](f: A => B): Option[B] = if (isEmpty) None else Some[B](f(get))
  def flatMap[B](f: A => Option[B]): Option[B] = if (isEmpty) None else f(get)
  def flatten[B](implicit ev: A <:< Option[B]): Option[B] = if (isEmpty) None else ev(get)
  def fold[B](ifEmpty: => B)(f: A => B): B = if (isEmpty) ifEmpty else f(get)
  def foldLeft[B](zero: B)(f: (B, A) => B): B = if (isEmpty) zero else f(zero, get)
  def foldRight[B](zero: B)(f: (A, B) => B): B = if (isEmpty) zero else f(get, zero)
  def filter(p: A => Boolean): Option[A] = if (isEmpty || p(get)) this else None
  def filterNot(p: A => Boolean): Option[A] = if (isEmpty || !p(get)) this else None
  def withFilter(p: A => Boolean): Option[A] = filter(p)
  def collect[B](f: PartialFunction[A, B]): Option[B] =
    if (isEmpty) None else f.lift(get)
  def contains[B >: A](value: B): Boolean = !isEmpty && get == value
  def exists(p: A => Boolean): Boolean = !isEmpty && p(get)
  def forall(p: A => Boolean): Boolean = isEmpty || p(get)
  def count(p: A => Boolean): Int = if (!isEmpty && p(get)) 1 else 0
  def find(p: A => Boolean): Option[A] = filter(p)
  def foreach[U](f: A => U): Unit = if (!isEmpty) { f(get); () }
  def tapEach[U](f: A => U): List[A] = toList.tapEach[U](f)
  def head: A = if (isEmpty) throw new java.util.NoSuchElementException("head of empty list") else get
  def headOption: Option[A] = this
  def zip[B](that: Option[B]): Option[(A, B)] =
    if (isEmpty || that.isEmpty) None else Some[(A, B)]((get, that.get))
  def unzip[A1, A2](implicit ev: A <:< (A1, A2)): (Option[A1], Option[A2]) =
    if (isEmpty) (None, None)
    else {
      val pair = ev(get)
      (Some[A1](pair._1), Some[A2](pair._2))
    }

  def iterator: Iterator[A] = if (isEmpty) Iterator.empty[A] else Iterator.single[A](get)
  def toList: List[A] = if (isEmpty) Nil else new scala.collection.immutable.::[A](get, Nil)
  def toSeq: List[A] = toList
  def toVector: Vector[A] = toList.toVector
  def toSet[B >: A]: Set[B] = toList.toSet[B]
  def toArray[B >: A](implicit tag: scala.reflect.ClassTag[B]): Array[B] = toList.toArray[B]
  def toMap[K, V](implicit ev: A <:< (K, V)): Map[K, V] = toList.toMap[K, V]
  def toRight[X](left: => X): Either[X, A] = if (isEmpty) Left[X, A](left) else Right[X, A](get)
  def toLeft[X](right: => X): Either[A, X] = if (isEmpty) Right[A, X](right) else Left[A, X](get)
  def mkString: String = toList.mkString
  def mkString(separator: String): String = toList.mkString(separator)
  def mkString(start: String, separator: String, end: String): String = toList.mkString(start, separator, end)
  def sum[B >: A](implicit numeric: Numeric[B]): B = toList.sum[B]
  def max[B >: A](implicit ordering: Ordering[B]): A = toList.max[B]
  def min[B >: A](implicit ordering: Ordering[B]): A = toList.min[B]
  def ++[B >: A](that: IterableOnce[B]): Iterable[B] = toList.++[B](that)
}

/** A value that is there. */
final case class Some[+A](value: A) extends Option[A] {
  def isEmpty: Boolean = false
  def get: A = value
}

/** No value. */
case object None extends Option[Nothing] {
  def isEmpty: Boolean = true
  def get: Nothing = throw new java.util.NoSuchElementException("None.get")
}

object Option {
  /** `None` for null. */
  def apply[A](value: A): Option[A] = if (fvm.internal.AnyOps.isNull(value)) None else Some[A](value)
  def empty[A]: Option[A] = None
  /** The value if the condition holds. */
  def when[A](condition: Boolean)(value: => A): Option[A] = if (condition) Some[A](value) else None
  def unless[A](condition: Boolean)(value: => A): Option[A] = if (condition) None else Some[A](value)
}
