/** `Float`: a 32-bit IEEE-754 number, held as the `Double` of the same value; every result is rounded to 32 bits. All operations take constant time unless said otherwise. */
package scala

import fvm.internal.intrinsic
import fvm.internal.AnyOps

/** A 32-bit IEEE-754 number. */
final class Float extends AnyVal {
  def toByte: Byte = this.toInt.toByte
  def toShort: Short = this.toInt.toShort
  def toChar: Char = this.toInt.toChar
  @intrinsic("f64.to_i32") def toInt: Int
  @intrinsic("f64.to_i64") def toLong: Long
  def toFloat: Float = this
  @intrinsic("f64.round_f32") def toDouble: Double

  def unary_+ : Float = this
  @intrinsic("f64.neg") def unary_- : Float

  def ==(that: Byte): Boolean = this.toFloat == that.toFloat
  def ==(that: Short): Boolean = this.toFloat == that.toFloat
  def ==(that: Char): Boolean = this.toFloat == that.toFloat
  def ==(that: Int): Boolean = this.toFloat == that.toFloat
  def ==(that: Long): Boolean = this.toFloat == that.toFloat
  @intrinsic("f64.eq") def ==(that: Float): Boolean
  @intrinsic("f64.eq") def ==(that: Double): Boolean
  def !=(that: Byte): Boolean = this.toFloat != that.toFloat
  def !=(that: Short): Boolean = this.toFloat != that.toFloat
  def !=(that: Char): Boolean = this.toFloat != that.toFloat
  def !=(that: Int): Boolean = this.toFloat != that.toFloat
  def !=(that: Long): Boolean = this.toFloat != that.toFloat
  @intrinsic("f64.ne") def !=(that: Float): Boolean
  @intrinsic("f64.ne") def !=(that: Double): Boolean
  def <(that: Byte): Boolean = this.toFloat < that.toFloat
  def <(that: Short): Boolean = this.toFloat < that.toFloat
  def <(that: Char): Boolean = this.toFloat < that.toFloat
  def <(that: Int): Boolean = this.toFloat < that.toFloat
  def <(that: Long): Boolean = this.toFloat < that.toFloat
  @intrinsic("f64.lt") def <(that: Float): Boolean
  @intrinsic("f64.lt") def <(that: Double): Boolean
  def <=(that: Byte): Boolean = this.toFloat <= that.toFloat
  def <=(that: Short): Boolean = this.toFloat <= that.toFloat
  def <=(that: Char): Boolean = this.toFloat <= that.toFloat
  def <=(that: Int): Boolean = this.toFloat <= that.toFloat
  def <=(that: Long): Boolean = this.toFloat <= that.toFloat
  @intrinsic("f64.le") def <=(that: Float): Boolean
  @intrinsic("f64.le") def <=(that: Double): Boolean
  def >(that: Byte): Boolean = this.toFloat > that.toFloat
  def >(that: Short): Boolean = this.toFloat > that.toFloat
  def >(that: Char): Boolean = this.toFloat > that.toFloat
  def >(that: Int): Boolean = this.toFloat > that.toFloat
  def >(that: Long): Boolean = this.toFloat > that.toFloat
  @intrinsic("f64.gt") def >(that: Float): Boolean
  @intrinsic("f64.gt") def >(that: Double): Boolean
  def >=(that: Byte): Boolean = this.toFloat >= that.toFloat
  def >=(that: Short): Boolean = this.toFloat >= that.toFloat
  def >=(that: Char): Boolean = this.toFloat >= that.toFloat
  def >=(that: Int): Boolean = this.toFloat >= that.toFloat
  def >=(that: Long): Boolean = this.toFloat >= that.toFloat
  @intrinsic("f64.ge") def >=(that: Float): Boolean
  @intrinsic("f64.ge") def >=(that: Double): Boolean

  def +(that: Byte): Float = (this.toDouble + that.toFloat.toDouble).toFloat
  def +(that: Short): Float = (this.toDouble + that.toFloat.toDouble).toFloat
  def +(that: Char): Float = (this.toDouble + that.toFloat.toDouble).toFloat
  def +(that: Int): Float = (this.toDouble + that.toFloat.toDouble).toFloat
  def +(that: Long): Float = (this.toDouble + that.toFloat.toDouble).toFloat
  def +(that: Float): Float = (this.toDouble + that.toDouble).toFloat
  def +(that: Double): Double = this.toDouble + that.toDouble
  def -(that: Byte): Float = (this.toDouble - that.toFloat.toDouble).toFloat
  def -(that: Short): Float = (this.toDouble - that.toFloat.toDouble).toFloat
  def -(that: Char): Float = (this.toDouble - that.toFloat.toDouble).toFloat
  def -(that: Int): Float = (this.toDouble - that.toFloat.toDouble).toFloat
  def -(that: Long): Float = (this.toDouble - that.toFloat.toDouble).toFloat
  def -(that: Float): Float = (this.toDouble - that.toDouble).toFloat
  def -(that: Double): Double = this.toDouble - that.toDouble
  def *(that: Byte): Float = (this.toDouble * that.toFloat.toDouble).toFloat
  def *(that: Short): Float = (this.toDouble * that.toFloat.toDouble).toFloat
  def *(that: Char): Float = (this.toDouble * that.toFloat.toDouble).toFloat
  def *(that: Int): Float = (this.toDouble * that.toFloat.toDouble).toFloat
  def *(that: Long): Float = (this.toDouble * that.toFloat.toDouble).toFloat
  def *(that: Float): Float = (this.toDouble * that.toDouble).toFloat
  def *(that: Double): Double = this.toDouble * that.toDouble
  def /(that: Byte): Float = (this.toDouble / that.toFloat.toDouble).toFloat
  def /(that: Short): Float = (this.toDouble / that.toFloat.toDouble).toFloat
  def /(that: Char): Float = (this.toDouble / that.toFloat.toDouble).toFloat
  def /(that: Int): Float = (this.toDouble / that.toFloat.toDouble).toFloat
  def /(that: Long): Float = (this.toDouble / that.toFloat.toDouble).toFloat
  def /(that: Float): Float = (this.toDouble / that.toDouble).toFloat
  def /(that: Double): Double = this.toDouble / that.toDouble
  def %(that: Byte): Float = (this.toDouble % that.toFloat.toDouble).toFloat
  def %(that: Short): Float = (this.toDouble % that.toFloat.toDouble).toFloat
  def %(that: Char): Float = (this.toDouble % that.toFloat.toDouble).toFloat
  def %(that: Int): Float = (this.toDouble % that.toFloat.toDouble).toFloat
  def %(that: Long): Float = (this.toDouble % that.toFloat.toDouble).toFloat
  def %(that: Float): Float = (this.toDouble % that.toDouble).toFloat
  def %(that: Double): Double = this.toDouble % that.toDouble

  def +(that: String): String = "" + this + that

  /** Java's total order: `-0.0` below `0.0`, NaN above everything. */
  def compare(that: Float): Int = java.lang.Double.compare(this.toDouble, that.toDouble)
  def compareTo(that: Float): Int = this.compare(that)
  def max(that: Float): Float = java.lang.Math.max(this, that)
  def min(that: Float): Float = java.lang.Math.min(this, that)
  @intrinsic("string.from_f32") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.equalsMethod(this, that)
  override def hashCode: Int = AnyOps.hashMethod(this)

  def abs: Float = java.lang.Math.abs(this)
  /** -1, 0 or 1 as the sign of this number; NaN stays NaN. */
  def sign: Float = java.lang.Math.signum(this)
  def isNaN: Boolean = this != this
  def isInfinity: Boolean = this == Float.PositiveInfinity || this == Float.NegativeInfinity
  def isFinite: Boolean = !isNaN && !isInfinity
  def isPosInfinity: Boolean = this == Float.PositiveInfinity
  def isNegInfinity: Boolean = this == Float.NegativeInfinity
  def isWhole: Boolean = isFinite && this.floor == this
  def isValidInt: Boolean = this == this.toInt.toFloat && !(this == 0.0f && 1 / this < 0.0f)
  /** The nearest whole number, halves upwards. */
  def round: Int = java.lang.Math.round(this)
  def ceil: Float = this.toDouble.ceil.toFloat
  def floor: Float = this.toDouble.floor.toFloat
}

/** Limits and special values of `Float`. */
object Float {
  final val MinPositiveValue: Float = 1.4E-45f
  final val MinValue: Float = -3.4028235E38f
  final val MaxValue: Float = 3.4028235E38f
  final val NaN: Float = 0.0f / 0.0f
  final val PositiveInfinity: Float = 1.0f / 0.0f
  final val NegativeInfinity: Float = -1.0f / 0.0f
}
