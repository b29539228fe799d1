/** `Long`: a 64-bit signed integer, arithmetic wraps. All operations take constant time unless said otherwise. */
package scala

import fvm.internal.intrinsic
import fvm.internal.AnyOps
import scala.collection.immutable.{LongRange, NumericRange}

/** A 64-bit signed integer. */
final class Long extends AnyVal {
  def toByte: Byte = this.toInt.toByte
  def toShort: Short = this.toInt.toShort
  def toChar: Char = this.toInt.toChar
  @intrinsic("i64.to_i32") def toInt: Int
  def toLong: Long = this
  def toFloat: Float = {
    // From 2^53 on `toDouble` would round once more: keep 53 bits, the last of them sticky.
    val high: Long = this >> 53
    if (high == 0L || high == -1L) this.toDouble.toFloat
    else if ((this & 2047L) == 0L) this.toDouble.toFloat
    else (((this >> 11) | 1L) << 11).toDouble.toFloat
  }
  @intrinsic("i64.to_f64") def toDouble: Double

  def unary_~ : Long = this ^ -1L
  def unary_+ : Long = this
  @intrinsic("i64.neg") def unary_- : Long
  @intrinsic("i64.shl") def <<(count: Int): Long
  def <<(count: Long): Long = this << count.toInt
  @intrinsic("i64.shr") def >>(count: Int): Long
  def >>(count: Long): Long = this >> count.toInt
  @intrinsic("i64.ushr") def >>>(count: Int): Long
  def >>>(count: Long): Long = this >>> count.toInt

  def ==(that: Byte): Boolean = this.toLong == that.toLong
  def ==(that: Short): Boolean = this.toLong == that.toLong
  def ==(that: Char): Boolean = this.toLong == that.toLong
  def ==(that: Int): Boolean = this.toLong == that.toLong
  @intrinsic("i64.eq") def ==(that: Long): Boolean
  def ==(that: Float): Boolean = this.toFloat == that.toFloat
  def ==(that: Double): Boolean = this.toDouble == that.toDouble
  def !=(that: Byte): Boolean = this.toLong != that.toLong
  def !=(that: Short): Boolean = this.toLong != that.toLong
  def !=(that: Char): Boolean = this.toLong != that.toLong
  def !=(that: Int): Boolean = this.toLong != that.toLong
  @intrinsic("i64.ne") def !=(that: Long): Boolean
  def !=(that: Float): Boolean = this.toFloat != that.toFloat
  def !=(that: Double): Boolean = this.toDouble != that.toDouble
  def <(that: Byte): Boolean = this.toLong < that.toLong
  def <(that: Short): Boolean = this.toLong < that.toLong
  def <(that: Char): Boolean = this.toLong < that.toLong
  def <(that: Int): Boolean = this.toLong < that.toLong
  @intrinsic("i64.lt") def <(that: Long): Boolean
  def <(that: Float): Boolean = this.toFloat < that.toFloat
  def <(that: Double): Boolean = this.toDouble < that.toDouble
  def <=(that: Byte): Boolean = this.toLong <= that.toLong
  def <=(that: Short): Boolean = this.toLong <= that.toLong
  def <=(that: Char): Boolean = this.toLong <= that.toLong
  def <=(that: Int): Boolean = this.toLong <= that.toLong
  @intrinsic("i64.le") def <=(that: Long): Boolean
  def <=(that: Float): Boolean = this.toFloat <= that.toFloat
  def <=(that: Double): Boolean = this.toDouble <= that.toDouble
  def >(that: Byte): Boolean = this.toLong > that.toLong
  def >(that: Short): Boolean = this.toLong > that.toLong
  def >(that: Char): Boolean = this.toLong > that.toLong
  def >(that: Int): Boolean = this.toLong > that.toLong
  @intrinsic("i64.gt") def >(that: Long): Boolean
  def >(that: Float): Boolean = this.toFloat > that.toFloat
  def >(that: Double): Boolean = this.toDouble > that.toDouble
  def >=(that: Byte): Boolean = this.toLong >= that.toLong
  def >=(that: Short): Boolean = this.toLong >= that.toLong
  def >=(that: Char): Boolean = this.toLong >= that.toLong
  def >=(that: Int): Boolean = this.toLong >= that.toLong
  @intrinsic("i64.ge") def >=(that: Long): Boolean
  def >=(that: Float): Boolean = this.toFloat >= that.toFloat
  def >=(that: Double): Boolean = this.toDouble >= that.toDouble

  def |(that: Byte): Long = this.toLong | that.toLong
  def |(that: Short): Long = this.toLong | that.toLong
  def |(that: Char): Long = this.toLong | that.toLong
  def |(that: Int): Long = this.toLong | that.toLong
  @intrinsic("i64.or") def |(that: Long): Long
  def &(that: Byte): Long = this.toLong & that.toLong
  def &(that: Short): Long = this.toLong & that.toLong
  def &(that: Char): Long = this.toLong & that.toLong
  def &(that: Int): Long = this.toLong & that.toLong
  @intrinsic("i64.and") def &(that: Long): Long
  def ^(that: Byte): Long = this.toLong ^ that.toLong
  def ^(that: Short): Long = this.toLong ^ that.toLong
  def ^(that: Char): Long = this.toLong ^ that.toLong
  def ^(that: Int): Long = this.toLong ^ that.toLong
  @intrinsic("i64.xor") def ^(that: Long): Long

  def +(that: Byte): Long = this.toLong + that.toLong
  def +(that: Short): Long = this.toLong + that.toLong
  def +(that: Char): Long = this.toLong + that.toLong
  def +(that: Int): Long = this.toLong + that.toLong
  @intrinsic("i64.add") def +(that: Long): Long
  def +(that: Float): Float = (this.toFloat.toDouble + that.toDouble).toFloat
  def +(that: Double): Double = this.toDouble + that.toDouble
  def -(that: Byte): Long = this.toLong - that.toLong
  def -(that: Short): Long = this.toLong - that.toLong
  def -(that: Char): Long = this.toLong - that.toLong
  def -(that: Int): Long = this.toLong - that.toLong
  @intrinsic("i64.sub") def -(that: Long): Long
  def -(that: Float): Float = (this.toFloat.toDouble - that.toDouble).toFloat
  def -(that: Double): Double = this.toDouble - that.toDouble
  def *(that: Byte): Long = this.toLong * that.toLong
  def *(that: Short): Long = this.toLong * that.toLong
  def *(that: Char): Long = this.toLong * that.toLong
  def *(that: Int): Long = this.toLong * that.toLong
  @intrinsic("i64.mul") def *(that: Long): Long
  def *(that: Float): Float = (this.toFloat.toDouble * that.toDouble).toFloat
  def *(that: Double): Double = this.toDouble * that.toDouble
  def /(that: Byte): Long = this.toLong / that.toLong
  def /(that: Short): Long = this.toLong / that.toLong
  def /(that: Char): Long = this.toLong / that.toLong
  def /(that: Int): Long = this.toLong / that.toLong
  @intrinsic("i64.div") def /(that: Long): Long
  def /(that: Float): Float = (this.toFloat.toDouble / that.toDouble).toFloat
  def /(that: Double): Double = this.toDouble / that.toDouble
  def %(that: Byte): Long = this.toLong % that.toLong
  def %(that: Short): Long = this.toLong % that.toLong
  def %(that: Char): Long = this.toLong % that.toLong
  def %(that: Int): Long = this.toLong % that.toLong
  @intrinsic("i64.rem") def %(that: Long): Long
  def %(that: Float): Float = (this.toFloat.toDouble % that.toDouble).toFloat
  def %(that: Double): Double = this.toDouble % that.toDouble

  def +(that: String): String = "" + this + that

  def +(that: BigInt): BigInt = BigInt(this) + that
  def -(that: BigInt): BigInt = BigInt(this) - that
  def *(that: BigInt): BigInt = BigInt(this) * that
  def /(that: BigInt): BigInt = BigInt(this) / that
  def %(that: BigInt): BigInt = BigInt(this) % that
  def <(that: BigInt): Boolean = BigInt(this) < that
  def <=(that: BigInt): Boolean = BigInt(this) <= that
  def >(that: BigInt): Boolean = BigInt(this) > that
  def >=(that: BigInt): Boolean = BigInt(this) >= that

  /** This number and that one in ascending order: negative, zero or positive. */
  def compare(that: Long): Int = if (this < that) -1 else if (this == that) 0 else 1
  def compareTo(that: Long): Int = this.compare(that)
  def max(that: Long): Long = if (this < that) that else this
  def min(that: Long): Long = if (that < this) that else this
  @intrinsic("string.from_i64") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.equalsMethod(this, that)
  override def hashCode: Int = AnyOps.hashMethod(this)
  def abs: Long = if (this < 0) -this else this
  def signum: Int = if (this < 0) -1 else if (this == 0) 0 else 1
  def sign: Long = this.signum.toLong
  def isWhole: Boolean = true
  def isValidByte: Boolean = this >= -128 && this <= 127
  def isValidShort: Boolean = this >= -32768 && this <= 32767
  def isValidChar: Boolean = this >= 0 && this <= 65535
  def isValidInt: Boolean = this >= Int.MinValue && this <= Int.MaxValue
  def isValidLong: Boolean = true

  def toBinaryString: String = java.lang.Long.toBinaryString(this)
  def toHexString: String = java.lang.Long.toHexString(this)
  def toOctalString: String = java.lang.Long.toOctalString(this)

  /** Counts up to `end`, including it. */
  def to(end: Long): NumericRange[Long] = new LongRange(this, end, 1.toLong, true)
  def to(end: Long, step: Long): NumericRange[Long] = new LongRange(this, end, step, true)
  /** Counts up to `end`, without it. */
  def until(end: Long): NumericRange[Long] = new LongRange(this, end, 1.toLong, false)
  def until(end: Long, step: Long): NumericRange[Long] = new LongRange(this, end, step, false)
}

/** Limits of `Long`. */
object Long {
  final val MinValue: Long = 0x8000000000000000L
  final val MaxValue: Long = 0x7fffffffffffffffL
}
