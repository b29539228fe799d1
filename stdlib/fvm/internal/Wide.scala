/** Conversions between the 128-bit numbers and `BigInt`. Constant time. */
package fvm.internal

import fvm.{Amount, Int128, UInt128}

object Wide {
  @intrinsic("u128.join") def join(high: Long, low: Long): UInt128
  @intrinsic("i128.from_u128") def signed(value: UInt128): Int128
  @intrinsic("u128.from_i128") def unsigned(value: Int128): UInt128
  /** The same units: adding nothing changes the type only. */
  @intrinsic("u128.add") private def amountPlus(value: UInt128, nothing: UInt128): Amount
  @intrinsic("u128.add") private def unitsPlus(value: Amount, nothing: UInt128): UInt128
  def toAmount(units: UInt128): Amount = amountPlus(units, UInt128.zero)
  def ofAmount(amount: Amount): UInt128 = unitsPlus(amount, UInt128.zero)

  /** The magnitude of a negative number, also of the lowest. */
  def negated(value: Int128): UInt128 = unsigned(Int128.zero - (value + Int128.fromLong(1L))) + UInt128.fromLong(1L)

  def toBigInt(value: UInt128): BigInt = (unsignedLong(value.highLong) << 64) | unsignedLong(value.lowLong)

  private def unsignedLong(bits: Long): BigInt = {
    val low = BigInt(bits & Long.MaxValue)
    if (bits < 0L) low.setBit(63) else low
  }

  /** Aborts if the value is negative or has more than 128 bits. */
  def fromBigInt(value: BigInt): UInt128 =
    if (value.signum < 0 || value.bitLength > 128) throw new ArithmeticException("out of range")
    else join((value >> 64).toLong, value.toLong)
}
