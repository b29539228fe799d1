/** `Either`: one of two values. All operations take constant time. */
package scala.util

import scala.collection.Iterator

/** A `Left`, by convention a failure, or a `Right`. */
sealed abstract class Either[+A, +B] extends Product {
  def isLeft: Boolean
  def isRight: Boolean
  def fold[C](onLeft: A => C, onRight: B => C): C = this match {
    case Left(a) => onLeft(a)
    case Right(b) => onRight(b)
  }
  def map[C](f: B => C): Either[A, C] = this match {
    case Left(a) => Left[A, C](a)
    case Right(b) => Right[A, C](f(b))
  }
  def flatMap[A1 >: A, C](f: B => Either[A1, C]): Either[A1, C] = this match {
    case Left(a) => Left[A1, C](a)
    case Right(b) => f(b)
  }
  def flatten[A1 >: A, C](implicit ev: B <:< Either[A1, C]): Either[A1, C] = flatMap[A1, C](ev)
  def swap: Either[B, A] = this match {
    case Left(a) => Right[B, A](a)
    case Right(b) => Left[B, A](b)
  }
  def getOrElse[B1 >: B](default: => B1): B1 = this match {
    case Left(_) => default
    case Right(b) => b
  }
  def orElse[A1 >: A, B1 >: B](other: => Either[A1, B1]): Either[A1, B1] = this match {
    case Left(_) => other
    case Right(_) => this
  }
  def contains[B1 >: B](value: B1): Boolean = this match {
    case Left(_) => false
    case Right(b) => b == value
  }
  def exists(p: B => Boolean): Boolean = this match {
    case Left(_) => false
    case Right(b) => p(b)
  }
  def forall(p: B => Boolean): Boolean = this match {
    case Left(_) => true
    case Right(b) => p(b)
  }
  def foreach[U](f: B => U): Unit = this match {
    case Left(_) => ()
    case Right(b) =>
      f(b)
      ()
  }
  def filterOrElse[A1 >: A](p: B => Boolean, failure: => A1): Either[A1, B] = this match {
    case Left(a) => Left[A1, B](a)
    case Right(b) => if (p(b)) Right[A1, B](b) else Left[A1, B](failure)
  }
  def toOption: Option[B] = this match {
    case Left(_) => None
    case Right(b) => Some[B](b)
  }
  def toSeq: List[B] = toOption.toList
  def toTry(implicit ev: A <:< Throwable): Try[B] = this match {
    case Left(a) => Failure[B](ev(a))
    case Right(b) => Success[B](b)
  }
  def left: LeftProjection[A, B] = LeftProjection[A, B](this)
}

final case class Left[+A, +B](value: A) extends Either[A, B] {
  def isLeft: Boolean = true
  def isRight: Boolean = false
  def withRight[B1 >: B]: Either[A, B1] = this
}

final case class Right[+A, +B](value: B) extends Either[A, B] {
  def isLeft: Boolean = false
  def isRight: Boolean = true
  def withLeft[A1 >: A]: Either[A1, B] = this
}

object Either {
  def cond[A, B](test: Boolean, right: => B, left: => A): Either[A, B] =
    if (test) Right[A, B](right) else Left[A, B](left)
}

/** The left side as the one that is worked on. */
final case class LeftProjection[+A, +B](e: Either[A, B]) {
  def get: A = e match {
    case Left(a) => a
    case Right(_) => throw new java.util.NoSuchElementException("Either.left.get on Right")
  }
  def map[C](f: A => C): Either[C, B] = e match {
    case Left(a) => Left[C, B](f(a))
    case Right(b) => Right[C, B](b)
  }
  def flatMap[C, B1 >: B](f: A => Either[C, B1]): Either[C, B1] = e match {
    case Left(a) => f(a)
    case Right(b) => Right[C, B1](b)
  }
  def getOrElse[A1 >: A](default: => A1): A1 = e match {
    case Left(a) => a
    case Right(_) => default
  }
  def foreach[U](f: A => U): Unit = toOption.foreach[U](f)
  def exists(p: A => Boolean): Boolean = toOption.exists(p)
  def forall(p: A => Boolean): Boolean = toOption.forall(p)
  def toOption: Option[A] = e match {
    case Left(a) => Some[A](a)
    case Right(_) => None
  }
}
