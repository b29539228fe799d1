/** Calling a function on a value from behind. */
package scala.util

object chaining {
  implicit def scalaUtilChainingOps[A](value: A): ChainingOps[A] = new ChainingOps[A](value)
}

final class ChainingOps[A](private val self: A) {
  /** Runs `f` on the value and gives the value. */
  def tap[U](f: A => U): A = {
    f(self)
    self
  }
  /** `f` of the value. */
  def pipe[B](f: A => B): B = f(self)
}
