/** `UInt256`: an unsigned integer of 256 bits; leaving its range aborts. All operations take constant time. */
package fvm

import fvm.internal.{Words, Wide}

final class UInt256 private (high: UInt128, low: UInt128) {
  private[fvm] def highWord: UInt128 = high
  private[fvm] def lowWord: UInt128 = low
  def +(that: UInt256): UInt256 = {
    val sum = Words.sum(low, that.lowWord)
    val carry = if (sum < low) Words.one else UInt128.zero
    val top = Words.sum(high, that.highWord)
    if (top < high || top == Words.ones && carry == Words.one) UInt256.outside() else new UInt256(top + carry, sum)
  }
  def -(that: UInt256): UInt256 =
    if (this < that) UInt256.outside()
    else {
      val borrow = if (low < that.lowWord) Words.one else UInt128.zero
      new UInt256(high - that.highWord - borrow, Words.difference(low, that.lowWord))
    }
  def *(that: UInt256): UInt256 = {
    // The upper words of both would leave the range; what one of them adds must fit the upper word.
    if (high != UInt128.zero && that.highWord != UInt128.zero) UInt256.outside()
    val factor = if (high == UInt128.zero) low else that.lowWord
    val upper = if (high == UInt128.zero) that.highWord else high
    val top = Words.productHigh(low, that.lowWord)
    val cross = Words.productLow(factor, upper)
    val sum = Words.sum(top, cross)
    if (Words.productHigh(factor, upper) != UInt128.zero || sum < top) UInt256.outside()
    else new UInt256(sum, Words.productLow(low, that.lowWord))
  }
  def /(that: UInt256): UInt256 =
    if (that.highWord == UInt128.zero) {
      if (that.lowWord == UInt128.zero) throw new ArithmeticException("BigInteger divide by zero")
      val top = high / that.lowWord
      new UInt256(top, Words.quotient(high - top * that.lowWord, low, that.lowWord))
    } else {
      // Guessed from the upper 128 bits of the divisor, at most one too large; made one smaller and then mended.
      val shift = Words.leadingZeros(that.highWord)
      val half = this >> 1
      val guess = Words.quotient(half.highWord, half.lowWord, (that << shift).highWord) >> (127 - shift)
      val q = if (guess == UInt128.zero) guess else guess - Words.one
      val quotient = new UInt256(UInt128.zero, q)
      if (this - quotient * that >= that) new UInt256(UInt128.zero, q + Words.one) else quotient
    }
  def %(that: UInt256): UInt256 = this - this / that * that
  private[fvm] def <<(n: Int): UInt256 =
    if (n == 0) this else new UInt256((high << n) | (low >> (128 - n)), low << n)
  private[fvm] def >>(n: Int): UInt256 =
    if (n == 0) this else new UInt256(high >> n, (high << (128 - n)) | (low >> n))
  def compare(that: UInt256): Int = {
    val order = high.compare(that.highWord)
    if (order != 0) order else low.compare(that.lowWord)
  }
  def compareTo(that: UInt256): Int = compare(that)
  def <(that: UInt256): Boolean = compare(that) < 0
  def <=(that: UInt256): Boolean = compare(that) <= 0
  def >(that: UInt256): Boolean = compare(that) > 0
  def >=(that: UInt256): Boolean = compare(that) >= 0
  def min(that: UInt256): UInt256 = if (that < this) that else this
  def max(that: UInt256): UInt256 = if (this < that) that else this
  override def equals(that: Any): Boolean = that match {
    case other: UInt256 => high == other.highWord && low == other.lowWord
    case _ => false
  }
  def value: BigInt = (Wide.toBigInt(high) << 128) | Wide.toBigInt(low)
  override def hashCode: Int = value.hashCode
  override def toString: String = if (high == UInt128.zero) low.toString else value.toString
}

object UInt256 {
  val zero: UInt256 = new UInt256(UInt128.zero, UInt128.zero)
  def apply(value: Long): UInt256 =
    if (value < 0L) outside() else new UInt256(UInt128.zero, UInt128.fromLong(value))
  def apply(value: BigInt): UInt256 =
    if (value.signum < 0 || value.bitLength > 256) outside()
    else of(Wide.fromBigInt(value >> 128), Wide.join((value >> 64).toLong, value.toLong))
  private[fvm] def of(high: UInt128, low: UInt128): UInt256 = new UInt256(high, low)
  private def outside(): Nothing = throw new ArithmeticException("out of range")

  given ordering: Ordering[UInt256] = new UInt256Ordering()
}

final class UInt256Ordering extends Ordering[UInt256] {
  def compare(x: UInt256, y: UInt256): Int = x.compare(y)
}
