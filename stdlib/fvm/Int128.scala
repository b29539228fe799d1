/** `Int128`: a signed integer of 128 bits; leaving its range aborts. All operations take constant time, except those that make or read a `BigInt` or a text. */
package fvm

import fvm.internal.{intrinsic, AnyOps, Wide}

final class Int128 {
  @intrinsic("i128.add") def +(that: Int128): Int128
  @intrinsic("i128.sub") def -(that: Int128): Int128
  @intrinsic("i128.mul") def *(that: Int128): Int128
  @intrinsic("i128.div") def /(that: Int128): Int128
  @intrinsic("i128.rem") def %(that: Int128): Int128
  @intrinsic("i128.lt") def <(that: Int128): Boolean
  @intrinsic("i128.le") def <=(that: Int128): Boolean
  def >(that: Int128): Boolean = that < this
  def >=(that: Int128): Boolean = that <= this
  def compare(that: Int128): Int = if (this < that) -1 else if (that < this) 1 else 0
  def compareTo(that: Int128): Int = compare(that)
  def min(that: Int128): Int128 = if (that < this) that else this
  def max(that: Int128): Int128 = if (this < that) that else this
  def unary_- : Int128 = Int128.zero - this
  def abs: Int128 = if (this < Int128.zero) -this else this
  def value: BigInt = if (this < Int128.zero) -Wide.toBigInt(Wide.negated(this)) else Wide.toBigInt(Wide.unsigned(this))
  /** Aborts if the value does not fit. */
  @intrinsic("i128.to_i64") def toLong: Long
  def toInt: Int = java.lang.Math.toIntExact(toLong)
  @intrinsic("string.from_i128") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.primitiveEqual(this, that)
  override def hashCode: Int = AnyOps.primitiveHash(this)
}

object Int128 {
  @intrinsic("i128.from_i64") def fromLong(value: Long): Int128

  val zero: Int128 = fromLong(0L)
  def apply(value: Long): Int128 = fromLong(value)
  def apply(value: BigInt): Int128 =
    if (value.signum >= 0) Wide.signed(Wide.fromBigInt(value))
    else zero - Wide.signed(Wide.fromBigInt(-value - BigInt(1))) - fromLong(1L)

  given ordering: Ordering[Int128] = new Int128Ordering()
}

final class Int128Ordering extends Ordering[Int128] {
  def compare(x: Int128, y: Int128): Int = x.compare(y)
}
