/** `UInt128`: an unsigned integer of 128 bits; leaving its range aborts. All operations take constant time, except those that make or read a `BigInt` or a text. */
package fvm

import fvm.internal.{intrinsic, AnyOps, Wide}

final class UInt128 {
  @intrinsic("u128.add") def +(that: UInt128): UInt128
  @intrinsic("u128.sub") def -(that: UInt128): UInt128
  @intrinsic("u128.mul") def *(that: UInt128): UInt128
  @intrinsic("u128.div") def /(that: UInt128): UInt128
  @intrinsic("u128.rem") def %(that: UInt128): UInt128
  @intrinsic("u128.lt") def <(that: UInt128): Boolean
  @intrinsic("u128.le") def <=(that: UInt128): Boolean
  def >(that: UInt128): Boolean = that < this
  def >=(that: UInt128): Boolean = that <= this
  def compare(that: UInt128): Int = if (this < that) -1 else if (that < this) 1 else 0
  def compareTo(that: UInt128): Int = compare(that)
  def min(that: UInt128): UInt128 = if (that < this) that else this
  def max(that: UInt128): UInt128 = if (this < that) that else this
  @intrinsic("u128.and") def &(that: UInt128): UInt128
  @intrinsic("u128.or") def |(that: UInt128): UInt128
  @intrinsic("u128.xor") def ^(that: UInt128): UInt128
  @intrinsic("u128.shl") def <<(count: Int): UInt128
  @intrinsic("u128.shr") def >>(count: Int): UInt128
  @intrinsic("u128.low") def lowLong: Long
  @intrinsic("u128.high") def highLong: Long
  /** `this * factor / divisor` with an exact product, rounded down. */
  @intrinsic("u128.mul_div") def timesDivided(factor: UInt128, divisor: UInt128): UInt128
  def value: BigInt = Wide.toBigInt(this)
  /** Aborts if the value does not fit. */
  @intrinsic("u128.to_i64") def toLong: Long
  def toInt: Int = java.lang.Math.toIntExact(toLong)
  @intrinsic("string.from_u128") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.primitiveEqual(this, that)
  override def hashCode: Int = AnyOps.primitiveHash(this)
}

object UInt128 {
  @intrinsic("u128.from_i64") def fromLong(value: Long): UInt128

  val zero: UInt128 = fromLong(0L)
  def apply(value: Long): UInt128 = fromLong(value)
  def apply(value: BigInt): UInt128 = Wide.fromBigInt(value)

  given ordering: Ordering[UInt128] = new UInt128Ordering()
}

final class UInt128Ordering extends Ordering[UInt128] {
  def compare(x: UInt128, y: UInt128): Int = x.compare(y)
}
