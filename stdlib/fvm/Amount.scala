/** `Amount`: coins in the smallest unit, 10^-18 of a coin: an unsigned integer of 128 bits. Leaving its range aborts. All operations take constant time, except those that make or read a `BigInt` or a text. */
package fvm

import fvm.internal.{intrinsic, AnyOps, Wide}

final class Amount {
  @intrinsic("u128.add") def +(that: Amount): Amount
  @intrinsic("u128.sub") def -(that: Amount): Amount
  @intrinsic("u128.mul") private def times(that: Amount): Amount
  @intrinsic("u128.div") private def parts(that: Amount): Amount
  @intrinsic("u128.mul_div") private def timesDivided(factor: Amount, divisor: Amount): Amount
  def *(factor: Long): Amount = times(Amount.fromLong(factor))
  /** Rounded down. */
  def /(divisor: Long): Amount = parts(Amount.fromLong(divisor))
  /** The share of the amount that a ratio says, rounded down. */
  def share(ratio: Ratio): Amount =
    timesDivided(Amount.fromLong(ratio.basisPoints.toLong), Amount.fromLong(10000L))
  def isZero: Boolean = this == Amount.zero
  @intrinsic("u128.lt") def <(that: Amount): Boolean
  @intrinsic("u128.le") def <=(that: Amount): Boolean
  def >(that: Amount): Boolean = that < this
  def >=(that: Amount): Boolean = that <= this
  def compare(that: Amount): Int = if (this < that) -1 else if (that < this) 1 else 0
  def compareTo(that: Amount): Int = compare(that)
  def min(that: Amount): Amount = if (that < this) that else this
  def max(that: Amount): Amount = if (this < that) that else this
  /** The amount in the smallest unit. */
  def units: BigInt = Wide.toBigInt(Wide.ofAmount(this))
  @intrinsic("string.from_u128") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.primitiveEqual(this, that)
  override def hashCode: Int = AnyOps.primitiveHash(this)
}

object Amount {
  @intrinsic("u128.from_i64") def fromLong(value: Long): Amount

  val zero: Amount = fromLong(0L)
  def apply(units: Long): Amount = fromLong(units)
  def apply(units: BigInt): Amount = Wide.toAmount(Wide.fromBigInt(units))
  /** The amount of this many units. */
  def fromUnits(units: UInt128): Amount = Wide.toAmount(units)

  given ordering: Ordering[Amount] = new AmountOrdering()
}

final class AmountOrdering extends Ordering[Amount] {
  def compare(x: Amount, y: Amount): Int = x.compare(y)
}
