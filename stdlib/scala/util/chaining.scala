/** Calling a function on a value from behind. */
package scala.util.chaining

extension [A](self: A) {
  /** Runs `f` on the value and gives the value. */
  def tap[U](f: A => U): A = {
    f(self)
    self
  }
  /** `f` of the value. */
  def pipe[B](f: A => B): B = f(self)
}
