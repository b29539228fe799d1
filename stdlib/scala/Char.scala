/** `Char`: a UTF-16 code unit, held as an `Int` from 0 to 65535. All operations take constant time unless said otherwise. */
package scala

import fvm.internal.intrinsic
import fvm.internal.AnyOps
import scala.collection.immutable.NumericRange
import java.lang.Character

/** A UTF-16 code unit. */
final class Char extends AnyVal {
  @intrinsic("i32.to_i8") def toByte: Byte
  @intrinsic("i32.to_i16") def toShort: Short
  def toChar: Char = this
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
  def compare(that: Char): Int = this - that
  def compareTo(that: Char): Int = this.compare(that)
  def max(that: Char): Char = if (this < that) that else this
  def min(that: Char): Char = if (that < this) that else this
  @intrinsic("string.from_char") override def toString: String
  override def equals(that: Any): Boolean = AnyOps.equalsMethod(this, that)
  override def hashCode: Int = AnyOps.hashMethod(this)

  def isDigit: Boolean = Character.isDigit(this)
  def isTitleCase: Boolean = java.lang.Character.isTitleCase(this)
  def isLetter: Boolean = Character.isLetter(this)
  def isLetterOrDigit: Boolean = Character.isLetterOrDigit(this)
  def isWhitespace: Boolean = Character.isWhitespace(this)
  def isSpaceChar: Boolean = Character.isSpaceChar(this)
  def isUpper: Boolean = Character.isUpperCase(this)
  def isLower: Boolean = Character.isLowerCase(this)
  def isControl: Boolean = Character.isISOControl(this)
  def isSurrogate: Boolean = this >= '\ud800' && this <= '\udfff'
  def isHighSurrogate: Boolean = this >= '\ud800' && this <= '\udbff'
  def isLowSurrogate: Boolean = this >= '\udc00' && this <= '\udfff'
  /** The Unicode general category, numbered as in Java. */
  @intrinsic("char.category") def getType: Int
  def getNumericValue: Int = Character.getNumericValue(this)
  /** The value as a digit of a base up to 36, or -1. */
  def asDigit: Int = Character.digit(this, 36)
  @intrinsic("char.to_upper") def toUpper: Char
  @intrinsic("char.to_lower") def toLower: Char
  def isValidByte: Boolean = this <= 127
  def isValidShort: Boolean = this <= 32767
  def isValidChar: Boolean = true
  def isValidInt: Boolean = true

  /** Counts up to `end`, including it. */
  def to(end: Char): NumericRange[Char] = NumericRange.inclusive[Char](this, end, 1.toChar)
  def to(end: Char, step: Char): NumericRange[Char] = NumericRange.inclusive[Char](this, end, step)
  /** Counts up to `end`, without it. */
  def until(end: Char): NumericRange[Char] = NumericRange[Char](this, end, 1.toChar)
  def until(end: Char, step: Char): NumericRange[Char] = NumericRange[Char](this, end, step)
}

/** Limits of `Char`. */
object Char {
  final val MinValue: Char = '\u0000'
  final val MaxValue: Char = '\uffff'
}
