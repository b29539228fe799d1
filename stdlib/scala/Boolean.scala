/** `Boolean`: true or false. `&&` and `||` are forms of the language: they evaluate the right side only when needed. */
package scala

import fvm.internal.intrinsic
import fvm.internal.AnyOps

/** A truth value. */
final class Boolean extends AnyVal {
  @intrinsic("bool.not") def unary_! : Boolean
  @intrinsic("i32.eq") def ==(that: Boolean): Boolean
  @intrinsic("i32.ne") def !=(that: Boolean): Boolean
  def &&(that: Boolean): Boolean = this & that
  def ||(that: Boolean): Boolean = this | that
  @intrinsic("i32.and") def &(that: Boolean): Boolean
  @intrinsic("i32.or") def |(that: Boolean): Boolean
  @intrinsic("i32.xor") def ^(that: Boolean): Boolean
  /** False before true. */
  def compare(that: Boolean): Int = if (this == that) 0 else if (this) 1 else -1
  def compareTo(that: Boolean): Int = this.compare(that)
  @intrinsic("string.from_bool") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.equalsMethod(this, that)
  override def hashCode: Int = if (this) 1231 else 1237
}
