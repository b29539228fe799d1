/** Arithmetic modulo 2^128, and with two words of 128 bits. Constant time. */
package fvm.internal

import fvm.UInt128

object Words {
  val one: UInt128 = UInt128.fromLong(1L)
  val ones: UInt128 = Wide.join(-1L, -1L)
  private val lowHalf: UInt128 = Wide.join(0L, -1L)

  def sum(a: UInt128, b: UInt128): UInt128 =
    if (b <= (a ^ ones)) a + b else a - ((b ^ ones) + one)
  def difference(a: UInt128, b: UInt128): UInt128 = if (b <= a) a - b else a + (b ^ ones) + one

  /** What 64-bit halves add to the middle of the product; below 3 * 2^64. */
  private def middle(a: UInt128, b: UInt128): UInt128 =
    (((a & lowHalf) * (b & lowHalf)) >> 64) + (((a & lowHalf) * (b >> 64)) & lowHalf) + (((a >> 64) * (b & lowHalf)) & lowHalf)
  def productLow(a: UInt128, b: UInt128): UInt128 =
    (middle(a, b) << 64) | (((a & lowHalf) * (b & lowHalf)) & lowHalf)
  def productHigh(a: UInt128, b: UInt128): UInt128 =
    (a >> 64) * (b >> 64) + (((a & lowHalf) * (b >> 64)) >> 64) + (((a >> 64) * (b & lowHalf)) >> 64) + (middle(a, b) >> 64)

  def leadingZeros(a: UInt128): Int = {
    val high = java.lang.Long.numberOfLeadingZeros(a.highLong)
    if (high < 64) high else 64 + java.lang.Long.numberOfLeadingZeros(a.lowLong)
  }

  /** The quotient of the two words, where `high` is below `divisor`. */
  def quotient(high: UInt128, low: UInt128, divisor: UInt128): UInt128 =
    if (high == UInt128.zero) low / divisor
    else {
      val shift = leadingZeros(divisor)
      val d = divisor << shift
      val top = if (shift == 0) high else (high << shift) | (low >> (128 - shift))
      val rest = low << shift
      val first = digit(top, rest >> 64, d)
      val next = difference((top << 64) | (rest >> 64), productLow(first, d))
      (first << 64) | digit(next, rest & lowHalf, d)
    }
  /** One digit of 64 bits: guessed from the upper half of the divisor, at most two too large. */
  private def digit(top: UInt128, next: UInt128, d: UInt128): UInt128 = {
    val d1 = d >> 64
    val d0 = d & lowHalf
    var q = top / d1
    var rest = top - q * d1
    var isTooLarge = true
    while (isTooLarge) {
      isTooLarge = rest <= lowHalf && (lowHalf < q || ((rest << 64) | next) < q * d0)
      if (isTooLarge) {
        q = q - one
        rest = rest + d1
      }
    }
    q
  }
}
