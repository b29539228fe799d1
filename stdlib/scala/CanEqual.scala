/** Which types may be compared with `==`. */
package scala

trait CanEqual[-L, -R]

object CanEqual {
  private final class Derived[L, R] extends CanEqual[L, R]
  def derived[L, R]: CanEqual[L, R] = new Derived[L, R]()
}

/** A type with one value only. */
final class ValueOf[T](val value: T)
