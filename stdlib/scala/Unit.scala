/** `Unit`: the type of `()`. */
package scala

/** The type whose only value is `()`. */
final class Unit extends AnyVal {
  override def toString: String = "()"
  override def hashCode: Int = 0
}
