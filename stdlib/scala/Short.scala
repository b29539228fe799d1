/** `Short`: a 16-bit signed integer, held as an `Int` that is kept sign-extended. All operations take constant time unless said otherwise. */
package scala

import fvm.internal.intrinsic
import fvm.internal.AnyOps

/** A 16-bit signed integer. */
final class Short extends AnyVal {
  @intrinsic("i32.to_i8") def toByte: Byte
  def toShort: Short = this
  @intrinsic("i32.to_u16") def toChar: Char
  def toInt: Int = this + 0
  @intrinsic("i32.to_i64") def toLong: Long
  def toFloat: Float = this.toDouble.toFloat
  @intrinsic("i32.to_f64") def toDouble: Double

  def unary_~ : Int = this ^ -1
  def unary_+ : Int = this + 0
  @intrinsic("i32.neg") def unary_- : Int
  @intrinsic("i32.shl") def <<(count: Int): Int
  def <<(count: Long): Int = this << count.toInt
  @intrinsic("i32.shr") def >>(count: Int): Int
  def >>(count: Long): Int = this >> count.toInt
  @intrinsic("i32.ushr") def >>>(count: Int): Int
  def >>>(count: Long): Int = this >>> count.toInt

  @intrinsic("i32.eq") def ==(that: Byte): Boolean
  @intrinsic("i32.eq") def ==(that: Short): Boolean
  @intrinsic("i32.eq") def ==(that: Char): Boolean
  @intrinsic("i32.eq") def ==(that: Int): Boolean
  def ==(that: Long): Boolean = this.toLong == that.toLong
  def ==(that: Float): Boolean = this.toFloat == that.toFloat
  def ==(that: Double): Boolean = this.toDouble == that.toDouble
  @intrinsic("i32.ne") def !=(that: Byte): Boolean
  @intrinsic("i32.ne") def !=(that: Short): Boolean
  @intrinsic("i32.ne") def !=(that: Char): Boolean
  @intrinsic("i32.ne") def !=(that: Int): Boolean
  def !=(that: Long): Boolean = this.toLong != that.toLong
  def !=(that: Float): Boolean = this.toFloat != that.toFloat
  def !=(that: Double): Boolean = this.toDouble != that.toDouble
  @intrinsic("i32.lt") def <(that: Byte): Boolean
  @intrinsic("i32.lt") def <(that: Short): Boolean
  @intrinsic("i32.lt") def <(that: Char): Boolean
  @intrinsic("i32.lt") def <(that: Int): Boolean
  def <(that: Long): Boolean = this.toLong < that.toLong
  def <(that: Float): Boolean = this.toFloat < that.toFloat
  def <(that: Double): Boolean = this.toDouble < that.toDouble
  @intrinsic("i32.le") def <=(that: Byte): Boolean
  @intrinsic("i32.le") def <=(that: Short): Boolean
  @intrinsic("i32.le") def <=(that: Char): Boolean
  @intrinsic("i32.le") def <=(that: Int): Boolean
  def <=(that: Long): Boolean = this.toLong <= that.toLong
  def <=(that: Float): Boolean = this.toFloat <= that.toFloat
  def <=(that: Double): Boolean = this.toDouble <= that.toDouble
  @intrinsic("i32.gt") def >(that: Byte): Boolean
  @intrinsic("i32.gt") def >(that: Short): Boolean
  @intrinsic("i32.gt") def >(that: Char): Boolean
  @intrinsic("i32.gt") def >(that: Int): Boolean
  def >(that: Long): Boolean = this.toLong > that.toLong
  def >(that: Float): Boolean = this.toFloat > that.toFloat
  def >(that: Double): Boolean = this.toDouble > that.toDouble
  @intrinsic("i32.ge") def >=(that: Byte): Boolean
  @intrinsic("i32.ge") def >=(that: Short): Boolean
  @intrinsic("i32.ge") def >=(that: Char): Boolean
  @intrinsic("i32.ge") def >=(that: Int): Boolean
  def >=(that: Long): Boolean = this.toLong >= that.toLong
  def >=(that: Float): Boolean = this.toFloat >= that.toFloat
  def >=(that: Double): Boolean = this.toDouble >= that.toDouble

  @intrinsic("i32.or") def |(that: Byte): Int
  @intrinsic("i32.or") def |(that: Short): Int
  @intrinsic("i32.or") def |(that: Char): Int
  @intrinsic("i32.or") def |(that: Int): Int
  def |(that: Long): Long = this.toLong | that.toLong
  @intrinsic("i32.and") def &(that: Byte): Int
  @intrinsic("i32.and") def &(that: Short): Int
  @intrinsic("i32.and") def &(that: Char): Int
  @intrinsic("i32.and") def &(that: Int): Int
  def &(that: Long): Long = this.toLong & that.toLong
  @intrinsic("i32.xor") def ^(that: Byte): Int
  @intrinsic("i32.xor") def ^(that: Short): Int
  @intrinsic("i32.xor") def ^(that: Char): Int
  @intrinsic("i32.xor") def ^(that: Int): Int
  def ^(that: Long): Long = this.toLong ^ that.toLong

  @intrinsic("i32.add") def +(that: Byte): Int
  @intrinsic("i32.add") def +(that: Short): Int
  @intrinsic("i32.add") def +(that: Char): Int
  @intrinsic("i32.add") def +(that: Int): Int
  def +(that: Long): Long = this.toLong + that.toLong
  def +(that: Float): Float = (this.toFloat.toDouble + that.toDouble).toFloat
  def +(that: Double): Double = this.toDouble + that.toDouble
  @intrinsic("i32.sub") def -(that: Byte): Int
  @intrinsic("i32.sub") def -(that: Short): Int
  @intrinsic("i32.sub") def -(that: Char): Int
  @intrinsic("i32.sub") def -(that: Int): Int
  def -(that: Long): Long = this.toLong - that.toLong
  def -(that: Float): Float = (this.toFloat.toDouble - that.toDouble).toFloat
  def -(that: Double): Double = this.toDouble - that.toDouble
  @intrinsic("i32.mul") def *(that: Byte): Int
  @intrinsic("i32.mul") def *(that: Short): Int
  @intrinsic("i32.mul") def *(that: Char): Int
  @intrinsic("i32.mul") def *(that: Int): Int
  def *(that: Long): Long = this.toLong * that.toLong
  def *(that: Float): Float = (this.toFloat.toDouble * that.toDouble).toFloat
  def *(that: Double): Double = this.toDouble * that.toDouble
  @intrinsic("i32.div") def /(that: Byte): Int
  @intrinsic("i32.div") def /(that: Short): Int
  @intrinsic("i32.div") def /(that: Char): Int
  @intrinsic("i32.div") def /(that: Int): Int
  def /(that: Long): Long = this.toLong / that.toLong
  def /(that: Float): Float = (this.toFloat.toDouble / that.toDouble).toFloat
  def /(that: Double): Double = this.toDouble / that.toDouble
  @intrinsic("i32.rem") def %(that: Byte): Int
  @intrinsic("i32.rem") def %(that: Short): Int
  @intrinsic("i32.rem") def %(that: Char): Int
  @intrinsic("i32.rem") def %(that: Int): Int
  def %(that: Long): Long = this.toLong % that.toLong
  def %(that: Float): Float = (this.toFloat.toDouble % that.toDouble).toFloat
  def %(that: Double): Double = this.toDouble % that.toDouble

  def +(that: String): String = "" + this + that

  /** This number and that one in ascending order: negative, zero or positive. */
  def compare(that: Short): Int = this - that
  def compareTo(that: Short): Int = this.compare(that)
  def max(that: Short): Short = if (this < that) that else this
  def min(that: Short): Short = if (that < this) that else this
  @intrinsic("string.from_i32") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.equalsMethod(this, that)
  override def hashCode: Int = AnyOps.hashMethod(this)
  def abs: Short = if (this < 0) (-this).toShort else this
  def signum: Int = if (this < 0) -1 else if (this == 0) 0 else 1
  def sign: Short = this.signum.toShort
  def isWhole: Boolean = true
  def isValidByte: Boolean = this >= -128 && this <= 127
  def isValidShort: Boolean = this >= -32768 && this <= 32767
  def isValidChar: Boolean = this >= 0 && this <= 65535
  def isValidInt: Boolean = this >= Int.MinValue && this <= Int.MaxValue
  def isValidLong: Boolean = true
}

/** Limits of `Short`. */
object Short {
  final val MinValue: Short = -32768
  final val MaxValue: Short = 32767
}
