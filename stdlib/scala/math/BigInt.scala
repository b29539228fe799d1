/** `BigInt`: whole numbers of any size. Addition is linear in the number of digits, multiplication and division take the
  * product of the lengths.
  */
package scala.math

import fvm.internal.{AnyOps, Magnitudes}
import scala.collection.immutable.NumericRange

/** The number with this sign (-1, 0 or 1) and these limbs, the lowest first. */
final class BigInt private (val signum: Int, limbs: Array[Int]) extends ScalaNumber {
  private def magnitude: Array[Int] = limbs

  // ── arithmetic ──
  def unary_- : BigInt = new BigInt(-signum, limbs)
  def unary_+ : BigInt = this
  def abs: BigInt = if (signum < 0) -this else this
  def sign: BigInt = BigInt(signum)
  def +(that: BigInt): BigInt =
    if (signum == 0) that
    else if (that.signum == 0) this
    else if (signum == that.signum) new BigInt(signum, Magnitudes.add(limbs, that.magnitude))
    else {
      val order = Magnitudes.compare(limbs, that.magnitude)
      if (order == 0) BigInt.zero
      else if (order > 0) new BigInt(signum, Magnitudes.subtract(limbs, that.magnitude))
      else new BigInt(that.signum, Magnitudes.subtract(that.magnitude, limbs))
    }
  def -(that: BigInt): BigInt = this + (-that)
  def *(that: BigInt): BigInt =
    if (signum == 0 || that.signum == 0) BigInt.zero
    else new BigInt(signum * that.signum, Magnitudes.multiply(limbs, that.magnitude))
  /** Towards zero. */
  def /(that: BigInt): BigInt = BigInt.signed(signum * that.signum, divided(that)._1)
  /** With the sign of this number. */
  def %(that: BigInt): BigInt = BigInt.signed(signum, divided(that)._2)
  def /%(that: BigInt): (BigInt, BigInt) = {
    val result = divided(that)
    (BigInt.signed(signum * that.signum, result._1), BigInt.signed(signum, result._2))
  }
  private def divided(that: BigInt): (Array[Int], Array[Int]) =
    if (that.signum == 0) throw new ArithmeticException(if (isValidLong) "/ by zero" else "BigInteger divide by zero")
    else Magnitudes.divide(limbs, that.magnitude)

  def +(that: Long): BigInt = this + BigInt(that)
  def -(that: Long): BigInt = this - BigInt(that)
  def *(that: Long): BigInt = this * BigInt(that)
  def /(that: Long): BigInt = this / BigInt(that)
  def %(that: Long): BigInt = this % BigInt(that)

  /** The remainder that is never negative. */
  def mod(that: BigInt): BigInt = {
    if (that.signum <= 0) throw new ArithmeticException("BigInteger: modulus not positive")
    val rest = this % that
    if (rest.signum < 0) rest + that else rest
  }
  def pow(exponent: Int): BigInt = {
    if (exponent < 0) throw new ArithmeticException("Negative exponent")
    var result = BigInt.one
    var base = this
    var e = exponent
    while (e > 0) {
      if ((e & 1) == 1) result = result * base
      e = e >> 1
      if (e > 0) base = base * base
    }
    result
  }
  def modPow(exponent: BigInt, modulus: BigInt): BigInt = {
    if (modulus.signum <= 0) throw new ArithmeticException("BigInteger: modulus not positive")
    if (exponent.signum < 0) modInverse(modulus).modPow(-exponent, modulus)
    else {
      var result = BigInt.one.mod(modulus)
      val base = this.mod(modulus)
      var i = exponent.bitLength - 1
      while (i >= 0) {
        result = (result * result).mod(modulus)
        if (exponent.testBit(i)) result = (result * base).mod(modulus)
        i -= 1
      }
      result
    }
  }
  def modInverse(modulus: BigInt): BigInt = {
    if (modulus.signum <= 0) throw new ArithmeticException("BigInteger: modulus not positive")
    var a = this.mod(modulus)
    var b = modulus
    var x = BigInt.one
    var y = BigInt.zero
    while (b.signum != 0) {
      val step = a /% b
      a = b
      b = step._2
      val next = x - step._1 * y
      x = y
      y = next
    }
    if (a != BigInt.one) throw new ArithmeticException("BigInteger not invertible.")
    x.mod(modulus)
  }
  def gcd(that: BigInt): BigInt = {
    var a = this.abs
    var b = that.abs
    while (b.signum != 0) {
      val rest = a % b
      a = b
      b = rest
    }
    a
  }
  def min(that: BigInt): BigInt = if (this <= that) this else that
  def max(that: BigInt): BigInt = if (this >= that) this else that
  /** Whether it is prime: certain below 3.3 * 10^24, beyond with an error below 4^-13. */
  def isProbablePrime(certainty: Int): Boolean = BigIntPrimes.isPrime(this)

  // ── order and equality ──
  def compare(that: BigInt): Int =
    if (signum != that.signum) { if (signum < that.signum) -1 else 1 }
    else signum * Magnitudes.compare(limbs, that.magnitude)
  def compareTo(that: BigInt): Int = compare(that)
  def <(that: BigInt): Boolean = compare(that) < 0
  def <=(that: BigInt): Boolean = compare(that) <= 0
  def >(that: BigInt): Boolean = compare(that) > 0
  def >=(that: BigInt): Boolean = compare(that) >= 0
  def <(that: Long): Boolean = compare(BigInt(that)) < 0
  def <=(that: Long): Boolean = compare(BigInt(that)) <= 0
  def >(that: Long): Boolean = compare(BigInt(that)) > 0
  def >=(that: Long): Boolean = compare(BigInt(that)) >= 0
  override def equals(that: Any): Boolean = that match {
    case other: BigInt => compare(other) == 0
    case other: Int => isValidLong && toLong == other.toLong
    case other: Long => isValidLong && toLong == other
    case other: Char => isValidLong && toLong == other.toLong
    case other: Short => isValidLong && toLong == other.toLong
    case other: Byte => isValidLong && toLong == other.toLong
    case other: Double => isValidLong && toLong.toDouble == other && toLong == other.toLong
    case _ => false
  }
  /** The hash of the `Long` of the same value, if there is one. */
  override def hashCode: Int =
    if (isValidLong) AnyOps.hash(toLong)
    else {
      var h = 0
      var i = limbs.length - 1
      while (i >= 0) {
        h = 31 * h + limbs(i)
        i -= 1
      }
      h * signum
    }

  // ── bits, as of an endless two's complement ──
  def <<(count: Int): BigInt =
    if (count < 0) this >> -count else BigInt.signed(signum, Magnitudes.shiftLeft(limbs, count))
  /** Rounds down. */
  def >>(count: Int): BigInt =
    if (count < 0) this << -count
    else {
      val result = BigInt.signed(signum, Magnitudes.shiftRight(limbs, count))
      if (signum < 0 && Magnitudes.hasLowBits(limbs, count)) result - BigInt.one else result
    }
  def unary_~ : BigInt = -this - BigInt.one
  def &(that: BigInt): BigInt = bitwise(that, (a: Int, b: Int) => a & b)
  def |(that: BigInt): BigInt = bitwise(that, (a: Int, b: Int) => a | b)
  def ^(that: BigInt): BigInt = bitwise(that, (a: Int, b: Int) => a ^ b)
  def &~(that: BigInt): BigInt = bitwise(that, (a: Int, b: Int) => a & ~b)
  private def bitwise(that: BigInt, f: (Int, Int) => Int): BigInt = {
    val n = (if (limbs.length > that.magnitude.length) limbs.length else that.magnitude.length) + 1
    val a = complement(n)
    val b = that.complement(n)
    var i = 0
    while (i < n) {
      a(i) = f(a(i), b(i))
      i += 1
    }
    if (a(n - 1) >= 0) BigInt.signed(1, Magnitudes.trimmed(a))
    else {
      BigInt.negate(a)
      BigInt.signed(-1, Magnitudes.trimmed(a))
    }
  }
  /** The lowest `n` limbs of the two's complement, in a new array. */
  private def complement(n: Int): Array[Int] = {
    val result = new Array[Int](n)
    var i = 0
    while (i < limbs.length && i < n) {
      result(i) = limbs(i)
      i += 1
    }
    if (signum < 0) BigInt.negate(result)
    result
  }
  def testBit(n: Int): Boolean = ((this >> n) & BigInt.one).signum != 0
  def setBit(n: Int): BigInt = this | (BigInt.one << n)
  def clearBit(n: Int): BigInt = this &~ (BigInt.one << n)
  def flipBit(n: Int): BigInt = this ^ (BigInt.one << n)
  def bitLength: Int = if (signum < 0) (-this - BigInt.one).bitLength else Magnitudes.bitLength(limbs)
  def bitCount: Int =
    if (signum < 0) (-this - BigInt.one).bitCount
    else {
      var n = 0
      var i = 0
      while (i < limbs.length) {
        n += java.lang.Integer.bitCount(limbs(i))
        i += 1
      }
      n
    }
  def lowestSetBit: Int = {
    var i = 0
    if (signum == 0) -1
    else {
      while (limbs(i) == 0) i += 1
      i * 32 + java.lang.Integer.numberOfTrailingZeros(limbs(i))
    }
  }

  // ── other types ──
  def isValidInt: Boolean = bitLength <= 31
  def isValidLong: Boolean = bitLength <= 63
  def isWhole: Boolean = true
  /** The low 32 bits. */
  def toInt: Int = toLong.toInt
  /** The low 64 bits. */
  def toLong: Long = if (signum < 0) -Magnitudes.low(limbs) else Magnitudes.low(limbs)
  def toShort: Short = toInt.toShort
  def toByte: Byte = toInt.toByte
  def toChar: Char = toInt.toChar
  def intValue: Int = toInt
  def longValue: Long = toLong
  def doubleValue: Double = toDouble
  def toFloat: Float = toDouble.toFloat
  /** The nearest double. */
  def toDouble: Double = {
    val length = Magnitudes.bitLength(limbs)
    if (length <= 63) toLong.toDouble
    else {
      // 62 bits, the last of them telling whether anything was cut off: rounding once is enough then.
      val cut = length - 62
      val high = Magnitudes.low(Magnitudes.shiftRight(limbs, cut))
      val sticky = if (Magnitudes.hasLowBits(limbs, cut)) high | 1L else high
      var result = sticky.toDouble
      var i = cut
      while (i > 0 && result < Double.PositiveInfinity) {
        result = result * 2.0
        i -= 1
      }
      if (signum < 0) -result else result
    }
  }
  /** Two's complement, the highest byte first. */
  def toByteArray: Array[Byte] = {
    val result = new Array[Byte](bitLength / 8 + 1)
    var i = 0
    while (i < result.length) {
      result(result.length - 1 - i) = (this >> (8 * i)).toByte
      i += 1
    }
    result
  }
  def to(end: BigInt): NumericRange[BigInt] = NumericRange.inclusive[BigInt](this, end, BigInt.one)
  def to(end: BigInt, step: BigInt): NumericRange[BigInt] = NumericRange.inclusive[BigInt](this, end, step)
  def until(end: BigInt): NumericRange[BigInt] = NumericRange[BigInt](this, end, BigInt.one)
  def until(end: BigInt, step: BigInt): NumericRange[BigInt] = NumericRange[BigInt](this, end, step)
  override def toString: String = toString(10)
  def toString(radix: Int): String = {
    val digits = Magnitudes.text(limbs, if (radix < 2 || radix > 36) 10 else radix)
    if (signum < 0) "-" + digits else digits
  }
}

object BigInt {
  private val zero: BigInt = new BigInt(0, Magnitudes.zero)
  private val one: BigInt = new BigInt(1, Magnitudes.of(1L))

  private def signed(sign: Int, limbs: Array[Int]): BigInt = if (limbs.length == 0) zero else new BigInt(sign, limbs)

  /** Two's complement of the limbs, in place. */
  private def negate(limbs: Array[Int]): Unit = {
    var carry = 1L
    var i = 0
    while (i < limbs.length) {
      carry += (~limbs(i)) & 0xffffffffL
      limbs(i) = carry.toInt
      carry = carry >>> 32
      i += 1
    }
  }

  def apply(value: Int): BigInt = apply(value.toLong)
  def apply(value: Long): BigInt =
    if (value == 0L) zero
    else if (value > 0L) new BigInt(1, Magnitudes.of(value))
    else new BigInt(-1, Magnitudes.of(-value))
  def apply(text: String): BigInt = apply(text, 10)
  def apply(text: String, radix: Int): BigInt = {
    val isNegative = text.startsWith("-")
    val from = if (isNegative || text.startsWith("+")) 1 else 0
    val limbs = Magnitudes.parse(text, from, radix)
    if (AnyOps.isNull(limbs))
      throw new NumberFormatException(
        if (text.length == from) "Zero length BigInteger" else "For input string: \"" + text + "\""
      )
    signed(if (isNegative) -1 else 1, limbs)
  }
  def int2bigInt(value: Int): BigInt = apply(value.toLong)
  def long2bigInt(value: Long): BigInt = apply(value)

  /** The unsigned number with these 32-bit limbs, the lowest first. */
  def fromLimbs(limbs: Array[Int]): BigInt = signed(1, Magnitudes.trimmed(limbs))
  def probablePrimeAfter(start: BigInt): BigInt = {
    var candidate = start + one
    while (!candidate.isProbablePrime(50)) candidate = candidate + one
    candidate
  }
}

/** The primality test of Miller and Rabin with fixed bases. */
object BigIntPrimes {
  private val bases: List[Int] = List[Int](2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)

  def isPrime(n: BigInt): Boolean =
    if (n < 2L) false
    else if (bases.exists((p: Int) => n == BigInt(p))) true
    else if (bases.exists((p: Int) => (n % BigInt(p)).signum == 0)) false
    else {
      val last = n - 1L
      val twos = last.lowestSetBit
      bases.forall((base: Int) => passes(BigInt(base), last >> twos, twos, n))
    }

  private def passes(base: BigInt, odd: BigInt, twos: Int, n: BigInt): Boolean = {
    val last = n - 1L
    var x = base.modPow(odd, n)
    var isDone = x == BigInt(1) || x == last
    var i = 1
    while (!isDone && i < twos) {
      x = (x * x).mod(n)
      isDone = x == last
      i += 1
    }
    isDone
  }
}
