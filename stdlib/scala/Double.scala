/** `Double`: a 64-bit IEEE-754 number, every NaN is the canonical one. All operations take constant time unless said otherwise. */
package scala

import fvm.internal.intrinsic
import fvm.internal.AnyOps

/** A 64-bit IEEE-754 number. */
final class Double extends AnyVal {
  def toByte: Byte = this.toInt.toByte
  def toShort: Short = this.toInt.toShort
  def toChar: Char = this.toInt.toChar
  @intrinsic("f64.to_i32") def toInt: Int
  @intrinsic("f64.to_i64") def toLong: Long
  @intrinsic("f64.round_f32") def toFloat: Float
  def toDouble: Double = this

  def unary_+ : Double = this
  @intrinsic("f64.neg") def unary_- : Double

  def ==(that: Byte): Boolean = this.toDouble == that.toDouble
  def ==(that: Short): Boolean = this.toDouble == that.toDouble
  def ==(that: Char): Boolean = this.toDouble == that.toDouble
  def ==(that: Int): Boolean = this.toDouble == that.toDouble
  def ==(that: Long): Boolean = this.toDouble == that.toDouble
  @intrinsic("f64.eq") def ==(that: Float): Boolean
  @intrinsic("f64.eq") def ==(that: Double): Boolean
  def !=(that: Byte): Boolean = this.toDouble != that.toDouble
  def !=(that: Short): Boolean = this.toDouble != that.toDouble
  def !=(that: Char): Boolean = this.toDouble != that.toDouble
  def !=(that: Int): Boolean = this.toDouble != that.toDouble
  def !=(that: Long): Boolean = this.toDouble != that.toDouble
  @intrinsic("f64.ne") def !=(that: Float): Boolean
  @intrinsic("f64.ne") def !=(that: Double): Boolean
  def <(that: Byte): Boolean = this.toDouble < that.toDouble
  def <(that: Short): Boolean = this.toDouble < that.toDouble
  def <(that: Char): Boolean = this.toDouble < that.toDouble
  def <(that: Int): Boolean = this.toDouble < that.toDouble
  def <(that: Long): Boolean = this.toDouble < that.toDouble
  @intrinsic("f64.lt") def <(that: Float): Boolean
  @intrinsic("f64.lt") def <(that: Double): Boolean
  def <=(that: Byte): Boolean = this.toDouble <= that.toDouble
  def <=(that: Short): Boolean = this.toDouble <= that.toDouble
  def <=(that: Char): Boolean = this.toDouble <= that.toDouble
  def <=(that: Int): Boolean = this.toDouble <= that.toDouble
  def <=(that: Long): Boolean = this.toDouble <= that.toDouble
  @intrinsic("f64.le") def <=(that: Float): Boolean
  @intrinsic("f64.le") def <=(that: Double): Boolean
  def >(that: Byte): Boolean = this.toDouble > that.toDouble
  def >(that: Short): Boolean = this.toDouble > that.toDouble
  def >(that: Char): Boolean = this.toDouble > that.toDouble
  def >(that: Int): Boolean = this.toDouble > that.toDouble
  def >(that: Long): Boolean = this.toDouble > that.toDouble
  @intrinsic("f64.gt") def >(that: Float): Boolean
  @intrinsic("f64.gt") def >(that: Double): Boolean
  def >=(that: Byte): Boolean = this.toDouble >= that.toDouble
  def >=(that: Short): Boolean = this.toDouble >= that.toDouble
  def >=(that: Char): Boolean = this.toDouble >= that.toDouble
  def >=(that: Int): Boolean = this.toDouble >= that.toDouble
  def >=(that: Long): Boolean = this.toDouble >= that.toDouble
  @intrinsic("f64.ge") def >=(that: Float): Boolean
  @intrinsic("f64.ge") def >=(that: Double): Boolean

  def +(that: Byte): Double = this.toDouble + that.toDouble
  def +(that: Short): Double = this.toDouble + that.toDouble
  def +(that: Char): Double = this.toDouble + that.toDouble
  def +(that: Int): Double = this.toDouble + that.toDouble
  def +(that: Long): Double = this.toDouble + that.toDouble
  def +(that: Float): Double = this.toDouble + that.toDouble
  @intrinsic("f64.add") def +(that: Double): Double
  def -(that: Byte): Double = this.toDouble - that.toDouble
  def -(that: Short): Double = this.toDouble - that.toDouble
  def -(that: Char): Double = this.toDouble - that.toDouble
  def -(that: Int): Double = this.toDouble - that.toDouble
  def -(that: Long): Double = this.toDouble - that.toDouble
  def -(that: Float): Double = this.toDouble - that.toDouble
  @intrinsic("f64.sub") def -(that: Double): Double
  def *(that: Byte): Double = this.toDouble * that.toDouble
  def *(that: Short): Double = this.toDouble * that.toDouble
  def *(that: Char): Double = this.toDouble * that.toDouble
  def *(that: Int): Double = this.toDouble * that.toDouble
  def *(that: Long): Double = this.toDouble * that.toDouble
  def *(that: Float): Double = this.toDouble * that.toDouble
  @intrinsic("f64.mul") def *(that: Double): Double
  def /(that: Byte): Double = this.toDouble / that.toDouble
  def /(that: Short): Double = this.toDouble / that.toDouble
  def /(that: Char): Double = this.toDouble / that.toDouble
  def /(that: Int): Double = this.toDouble / that.toDouble
  def /(that: Long): Double = this.toDouble / that.toDouble
  def /(that: Float): Double = this.toDouble / that.toDouble
  @intrinsic("f64.div") def /(that: Double): Double
  def %(that: Byte): Double = this.toDouble % that.toDouble
  def %(that: Short): Double = this.toDouble % that.toDouble
  def %(that: Char): Double = this.toDouble % that.toDouble
  def %(that: Int): Double = this.toDouble % that.toDouble
  def %(that: Long): Double = this.toDouble % that.toDouble
  def %(that: Float): Double = this.toDouble % that.toDouble
  @intrinsic("f64.rem") def %(that: Double): Double

  def +(that: String): String = "" + this + that

  /** Java's total order: `-0.0` below `0.0`, NaN above everything. */
  def compare(that: Double): Int = java.lang.Double.compare(this, that)
  def compareTo(that: Double): Int = this.compare(that)
  def max(that: Double): Double = java.lang.Math.max(this, that)
  def min(that: Double): Double = java.lang.Math.min(this, that)
  @intrinsic("string.from_f64") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.equalsMethod(this, that)
  override def hashCode: Int = AnyOps.hashMethod(this)

  def abs: Double = java.lang.Math.abs(this)
  /** -1, 0 or 1 as the sign of this number; NaN stays NaN. */
  def sign: Double = java.lang.Math.signum(this)
  def isNaN: Boolean = this != this
  def isInfinity: Boolean = this == Double.PositiveInfinity || this == Double.NegativeInfinity
  def isFinite: Boolean = !isNaN && !isInfinity
  def isPosInfinity: Boolean = this == Double.PositiveInfinity
  def isNegInfinity: Boolean = this == Double.NegativeInfinity
  def isWhole: Boolean = isFinite && this.floor == this
  def isValidInt: Boolean = this == this.toInt.toDouble && !(this == 0.0 && 1 / this < 0.0)
  /** The nearest whole number, halves upwards. */
  def round: Long = java.lang.Math.round(this)
  @intrinsic("f64.ceil") def ceil: Double
  @intrinsic("f64.floor") def floor: Double
  def toRadians: Double = java.lang.Math.toRadians(this)
  def toDegrees: Double = java.lang.Math.toDegrees(this)
}

/** Limits and special values of `Double`. */
object Double {
  final val MinPositiveValue: Double = 4.9E-324
  final val MinValue: Double = -1.7976931348623157E308
  final val MaxValue: Double = 1.7976931348623157E308
  final val NaN: Double = 0.0 / 0.0
  final val PositiveInfinity: Double = 1.0 / 0.0
  final val NegativeInfinity: Double = -1.0 / 0.0
}
