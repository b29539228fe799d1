/** `Try`: a result or the exception instead of it. */
package scala.util

import fvm.internal.Fallback
import scala.util.control.NonFatal

sealed abstract class Try[+T] extends Product {
  def isSuccess: Boolean
  def isFailure: Boolean
  def get: T
  def getOrElse[U >: T](default: => U): U = this match {
    case Success(value) => value
    case Failure(_) => default
  }
  def orElse[U >: T](default: => Try[U]): Try[U] = this match {
    case Success(_) => this
    case Failure(_) => try default catch { case e: Throwable if NonFatal(e) => Failure[U](e) }
  }
  def foreach[U](f: T => U): Unit = this match {
    case Success(value) =>
      f(value)
      ()
    case Failure(_) => ()
  }
  def map[U](f: T => U): Try[U] = this match {
    case Success(value) => Try[U](f(value))
    case Failure(e) => Failure[U](e)
  }
  def flatMap[U](f: T => Try[U]): Try[U] = this match {
    case Success(value) => try f(value) catch { case e: Throwable if NonFatal(e) => Failure[U](e) }
    case Failure(e) => Failure[U](e)
  }
  def flatten[U](implicit ev: T <:< Try[U]): Try[U] = this match {
    case Success(value) => ev(value)
    case Failure(e) => Failure[U](e)
  }
  def filter(p: T => Boolean): Try[T] = this match {
    case Success(value) =>
      try {
        if (p(value)) this
        else Failure[T](new java.util.NoSuchElementException("Predicate does not hold for " + value))
      } catch { case e: Throwable if NonFatal(e) => Failure[T](e) }
    case Failure(_) => this
  }
  def withFilter(p: T => Boolean): Try[T] = filter(p)
  def collect[U](f: PartialFunction[T, U]): Try[U] = this match {
    case Success(value) =>
      try {
        val result = f.applyOrElse[T, Any](value, Fallback.function)
        if (!Fallback.isMissing(result)) Success[U](result.asInstanceOf[U])
        else Failure[U](new java.util.NoSuchElementException("Predicate does not hold for " + value))
      } catch { case e: Throwable if NonFatal(e) => Failure[U](e) }
    case Failure(e) => Failure[U](e)
  }
  def recover[U >: T](f: PartialFunction[Throwable, U]): Try[U] = this match {
    case Success(_) => this
    case Failure(e) =>
      try {
        val result = f.applyOrElse[Throwable, Any](e, Fallback.function)
        if (Fallback.isMissing(result)) this else Success[U](result.asInstanceOf[U])
      } catch { case other: Throwable if NonFatal(other) => Failure[U](other) }
  }
  def recoverWith[U >: T](f: PartialFunction[Throwable, Try[U]]): Try[U] = this match {
    case Success(_) => this
    case Failure(e) =>
      try {
        f.applyOrElse[Throwable, Try[U]](e, (e: Throwable) => this)
      } catch { case other: Throwable if NonFatal(other) => Failure[U](other) }
  }
  def transform[U](onSuccess: T => Try[U], onFailure: Throwable => Try[U]): Try[U] =
    try {
      this match {
        case Success(value) => onSuccess(value)
        case Failure(e) => onFailure(e)
      }
    } catch { case e: Throwable if NonFatal(e) => Failure[U](e) }
  def fold[U](onFailure: Throwable => U, onSuccess: T => U): U = this match {
    case Success(value) => onSuccess(value)
    case Failure(e) => onFailure(e)
  }
  def failed: Try[Throwable] = this match {
    case Success(_) => Failure[Throwable](new UnsupportedOperationException("Success.failed"))
    case Failure(e) => Success[Throwable](e)
  }
  def toOption: Option[T] = this match {
    case Success(value) => Some[T](value)
    case Failure(_) => None
  }
  def toEither: Either[Throwable, T] = this match {
    case Success(value) => Right[Throwable, T](value)
    case Failure(e) => Left[Throwable, T](e)
  }
}

final case class Success[+T](value: T) extends Try[T] {
  def isSuccess: Boolean = true
  def isFailure: Boolean = false
  def get: T = value
}

final case class Failure[+T](exception: Throwable) extends Try[T] {
  def isSuccess: Boolean = false
  def isFailure: Boolean = true
  def get: T = throw exception
}

object Try {
  /** The result of `body`, or the exception that it throws. */
  def apply[T](body: => T): Try[T] =
    try Success[T](body)
    catch { case e: Throwable if NonFatal(e) => Failure[T](e) }
}
