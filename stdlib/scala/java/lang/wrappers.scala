/** The companions of Java's number classes: constants, parsing and text in other bases. The classes themselves do not
  * exist: a boxed number is the number.
  */
package java.lang

import fvm.internal.{intrinsic, StringTools, TextParsers}
import scala.{Any, Char, Int}

/** Bits, text and parsing of `Int`. */
object Integer {
  final val MIN_VALUE: Int = 0x80000000
  final val MAX_VALUE: Int = 0x7fffffff
  final val SIZE: Int = 32
  final val BYTES: Int = 4
  def valueOf(value: Int): Int = value
  def valueOf(text: String): Int = TextParsers.int(text)
  def parseInt(text: String): Int = TextParsers.int(text)
  def parseInt(text: String, radix: Int): Int = TextParsers.int(text, radix)
  @intrinsic("string.from_i32") def toString(value: Int): String
  def toString(value: Int, radix: Int): String = StringTools.signed(value.toLong, radix)
  def toBinaryString(value: Int): String = StringTools.unsigned(value.toLong & 0xffffffffL, 1)
  def toOctalString(value: Int): String = StringTools.unsigned(value.toLong & 0xffffffffL, 3)
  def toHexString(value: Int): String = StringTools.unsigned(value.toLong & 0xffffffffL, 4)
  def compare(a: Int, b: Int): Int = if (a < b) -1 else if (a == b) 0 else 1
  def signum(value: Int): Int = (value >> 31) | (-value >>> 31)
  def max(a: Int, b: Int): Int = if (a < b) b else a
  def min(a: Int, b: Int): Int = if (b < a) b else a
  def sum(a: Int, b: Int): Int = a + b
  def hashCode(value: Int): Int = value
  /** The number of one bits. */
  def bitCount(value: Int): Int = {
    var i = value - ((value >>> 1) & 0x55555555)
    i = (i & 0x33333333) + ((i >>> 2) & 0x33333333)
    i = (i + (i >>> 4)) & 0x0f0f0f0f
    (i * 0x01010101) >>> 24
  }
  /** The number of zero bits above the highest one bit. */
  def numberOfLeadingZeros(value: Int): Int =
    if (value <= 0) { if (value == 0) 32 else 0 }
    else {
      var n = 31
      var i = value
      if (i >= 65536) { n -= 16; i = i >>> 16 }
      if (i >= 256) { n -= 8; i = i >>> 8 }
      if (i >= 16) { n -= 4; i = i >>> 4 }
      if (i >= 4) { n -= 2; i = i >>> 2 }
      n - (i >>> 1)
    }
  /** The number of zero bits below the lowest one bit. */
  def numberOfTrailingZeros(value: Int): Int = if (value == 0) 32 else bitCount((value & -value) - 1)
  def highestOneBit(value: Int): Int = if (value == 0) 0 else 0x80000000 >>> numberOfLeadingZeros(value)
  def lowestOneBit(value: Int): Int = value & -value
  def rotateLeft(value: Int, distance: Int): Int = rotateRight(value, -distance)
  @intrinsic("i32.rotr") def rotateRight(value: Int, distance: Int): Int
  def reverse(value: Int): Int = {
    var i = value
    var result = 0
    var n = 0
    while (n < 32) {
      result = (result << 1) | (i & 1)
      i = i >>> 1
      n += 1
    }
    result
  }
  def reverseBytes(value: Int): Int =
    (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)
  def compareUnsigned(a: Int, b: Int): Int = compare(a + MIN_VALUE, b + MIN_VALUE)
  def toUnsignedLong(value: Int): Long = value.toLong & 0xffffffffL
  def divideUnsigned(a: Int, b: Int): Int = (toUnsignedLong(a) / toUnsignedLong(b)).toInt
  def remainderUnsigned(a: Int, b: Int): Int = (toUnsignedLong(a) % toUnsignedLong(b)).toInt
  def parseUnsignedInt(text: String): Int = {
    val value = TextParsers.long(text)
    if (value < 0L || value > 0xffffffffL)
      throw new NumberFormatException("String value " + text + " exceeds range of unsigned int.")
    else value.toInt
  }
  def toUnsignedString(value: Int): String = Long.toString(toUnsignedLong(value))
}

/** Bits, text and parsing of `Long`. */
object Long {
  final val MIN_VALUE: scala.Long = 0x8000000000000000L
  final val MAX_VALUE: scala.Long = 0x7fffffffffffffffL
  final val SIZE: Int = 64
  final val BYTES: Int = 8
  def valueOf(value: scala.Long): scala.Long = value
  def valueOf(text: String): scala.Long = TextParsers.long(text)
  def parseLong(text: String): scala.Long = TextParsers.long(text)
  def parseLong(text: String, radix: Int): scala.Long = TextParsers.long(text, radix)
  @intrinsic("string.from_i64") def toString(value: scala.Long): String
  def toString(value: scala.Long, radix: Int): String = StringTools.signed(value, radix)
  def toBinaryString(value: scala.Long): String = StringTools.unsigned(value, 1)
  def toOctalString(value: scala.Long): String = StringTools.unsigned(value, 3)
  def toHexString(value: scala.Long): String = StringTools.unsigned(value, 4)
  def compare(a: scala.Long, b: scala.Long): Int = if (a < b) -1 else if (a == b) 0 else 1
  def signum(value: scala.Long): Int = if (value < 0L) -1 else if (value == 0L) 0 else 1
  def max(a: scala.Long, b: scala.Long): scala.Long = if (a < b) b else a
  def min(a: scala.Long, b: scala.Long): scala.Long = if (b < a) b else a
  def sum(a: scala.Long, b: scala.Long): scala.Long = a + b
  def hashCode(value: scala.Long): Int = (value ^ (value >>> 32)).toInt
  def bitCount(value: scala.Long): Int = Integer.bitCount(value.toInt) + Integer.bitCount((value >>> 32).toInt)
  def numberOfLeadingZeros(value: scala.Long): Int = {
    val high = (value >>> 32).toInt
    if (high == 0) 32 + Integer.numberOfLeadingZeros(value.toInt) else Integer.numberOfLeadingZeros(high)
  }
  def numberOfTrailingZeros(value: scala.Long): Int = {
    val low = value.toInt
    if (low == 0) 32 + Integer.numberOfTrailingZeros((value >>> 32).toInt) else Integer.numberOfTrailingZeros(low)
  }
  def highestOneBit(value: scala.Long): scala.Long = if (value == 0L) 0L else MIN_VALUE >>> numberOfLeadingZeros(value)
  def lowestOneBit(value: scala.Long): scala.Long = value & -value
  def rotateLeft(value: scala.Long, distance: Int): scala.Long = (value << distance) | (value >>> -distance)
  def rotateRight(value: scala.Long, distance: Int): scala.Long = (value >>> distance) | (value << -distance)
  def reverse(value: scala.Long): scala.Long =
    (Integer.reverse(value.toInt).toLong << 32) | (Integer.reverse((value >>> 32).toInt).toLong & 0xffffffffL)
  def compareUnsigned(a: scala.Long, b: scala.Long): Int = compare(a + MIN_VALUE, b + MIN_VALUE)
  /** The quotient of both read as unsigned numbers. */
  @intrinsic("i64.udiv") def divideUnsigned(a: scala.Long, b: scala.Long): scala.Long
  /** The remainder of both read as unsigned numbers. */
  @intrinsic("i64.urem") def remainderUnsigned(a: scala.Long, b: scala.Long): scala.Long
  def toUnsignedString(value: scala.Long): String =
    if (value >= 0L) toString(value)
    else {
      val tens = divideUnsigned(value, 10L)
      toString(tens) + toString(value - tens * 10L)
    }
}

/** Limits and parsing of `Short`. */
object Short {
  final val MIN_VALUE: scala.Short = -32768
  final val MAX_VALUE: scala.Short = 32767
  def parseShort(text: String): scala.Short = TextParsers.short(text)
  def toString(value: scala.Short): String = value.toString
  def compare(a: scala.Short, b: scala.Short): Int = a - b
}

/** Limits and parsing of `Byte`. */
object Byte {
  final val MIN_VALUE: scala.Byte = -128
  final val MAX_VALUE: scala.Byte = 127
  def parseByte(text: String): scala.Byte = TextParsers.byte(text)
  def toString(value: scala.Byte): String = value.toString
  def compare(a: scala.Byte, b: scala.Byte): Int = a - b
  def toUnsignedInt(value: scala.Byte): Int = value & 0xff
}

/** Parsing of `Boolean`. */
object Boolean {
  final val TRUE: scala.Boolean = true
  final val FALSE: scala.Boolean = false
  def parseBoolean(text: String): scala.Boolean = text.equalsIgnoreCase("true")
  def valueOf(value: scala.Boolean): scala.Boolean = value
  def toString(value: scala.Boolean): String = value.toString
  def compare(a: scala.Boolean, b: scala.Boolean): Int = a.compare(b)
  def hashCode(value: scala.Boolean): Int = if (value) 1231 else 1237
}

/** Bits and order of `Double`. */
object Double {
  final val MIN_VALUE: scala.Double = 4.9E-324
  final val MAX_VALUE: scala.Double = 1.7976931348623157E308
  final val POSITIVE_INFINITY: scala.Double = 1.0 / 0.0
  final val NEGATIVE_INFINITY: scala.Double = -1.0 / 0.0
  final val NaN: scala.Double = 0.0 / 0.0
  def parseDouble(text: String): scala.Double = text.toDouble
  def valueOf(text: String): scala.Double = text.toDouble
  def toString(value: scala.Double): String = value.toString
  def isNaN(value: scala.Double): scala.Boolean = value != value
  def isInfinite(value: scala.Double): scala.Boolean = value == POSITIVE_INFINITY || value == NEGATIVE_INFINITY
  def isFinite(value: scala.Double): scala.Boolean = value - value == 0.0
  @intrinsic("f64.bits") def doubleToLongBits(value: scala.Double): scala.Long
  @intrinsic("f64.bits") def doubleToRawLongBits(value: scala.Double): scala.Long
  @intrinsic("f64.from_bits") def longBitsToDouble(bits: scala.Long): scala.Double
  /** `-0.0` below `0.0`, NaN above everything. */
  def compare(a: scala.Double, b: scala.Double): Int =
    if (a < b) -1
    else if (a > b) 1
    else Long.compare(doubleToLongBits(a), doubleToLongBits(b))
  def hashCode(value: scala.Double): Int = Long.hashCode(doubleToLongBits(value))
  def max(a: scala.Double, b: scala.Double): scala.Double = Math.max(a, b)
  def min(a: scala.Double, b: scala.Double): scala.Double = Math.min(a, b)
}

/** Bits and order of `Float`. */
object Float {
  final val MIN_VALUE: scala.Float = 1.4E-45f
  final val MAX_VALUE: scala.Float = 3.4028235E38f
  def parseFloat(text: String): scala.Float = text.toFloat
  def toString(value: scala.Float): String = value.toString
  def isNaN(value: scala.Float): scala.Boolean = value != value
  def compare(a: scala.Float, b: scala.Float): Int = Double.compare(a.toDouble, b.toDouble)
  /** The bits of the 32-bit format. */
  def floatToIntBits(value: scala.Float): Int = {
    val bits = Double.doubleToLongBits(value.toDouble)
    val sign = ((bits >>> 32) & 0x80000000L).toInt
    val exponent = ((bits >>> 52) & 0x7ffL).toInt - 1023
    val fraction = ((bits >>> 29) & 0x7fffffL).toInt
    if (value != value) 0x7fc00000
    else if (exponent == 1024) sign | 0x7f800000
    else if (exponent >= -126) sign | ((exponent + 127) << 23) | fraction
    else if (exponent < -149) sign
    else sign | ((fraction | 0x800000) >>> (-126 - exponent))
  }
  def hashCode(value: scala.Float): Int = floatToIntBits(value)
}
