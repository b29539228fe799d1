/** `Math`: the arithmetic of `java.lang.Math` that is the same on every machine. */
package java.lang

import fvm.internal.{intrinsic, Fdlibm, Rounded}
import java.lang.Double.{doubleToLongBits, longBitsToDouble}
import scala.{Boolean, Double, Float, Int, Long}

object Math {
  final val PI: Double = 3.141592653589793
  final val E: Double = 2.718281828459045

  def abs(x: Int): Int = if (x < 0) -x else x
  def abs(x: Long): Long = if (x < 0L) -x else x
  def abs(x: Float): Float = if (x <= 0.0f) 0.0f - x else x
  def abs(x: Double): Double = if (x <= 0.0) 0.0 - x else x
  def max(x: Int, y: Int): Int = if (x < y) y else x
  def max(x: Long, y: Long): Long = if (x < y) y else x
  def max(x: Float, y: Float): Float = max(x.toDouble, y.toDouble).toFloat
  def max(x: Double, y: Double): Double =
    if (x != x) x
    else if (x == 0.0 && y == 0.0) { if (1.0 / x < 0.0) y else x }
    else if (x >= y) x
    else y
  def min(x: Int, y: Int): Int = if (y < x) y else x
  def min(x: Long, y: Long): Long = if (y < x) y else x
  def min(x: Float, y: Float): Float = min(x.toDouble, y.toDouble).toFloat
  def min(x: Double, y: Double): Double =
    if (x != x) x
    else if (x == 0.0 && y == 0.0) { if (1.0 / x < 0.0) x else y }
    else if (x <= y) x
    else y
  def signum(x: Double): Double = if (x > 0.0) 1.0 else if (x < 0.0) -1.0 else x
  def signum(x: Float): Float = if (x > 0.0f) 1.0f else if (x < 0.0f) -1.0f else x

  @intrinsic("f64.sqrt") def sqrt(x: Double): Double
  @intrinsic("f64.floor") def floor(x: Double): Double
  @intrinsic("f64.ceil") def ceil(x: Double): Double
  /** The nearest whole number, halves to the even one: from 2^52 on there is nothing to round, below it adding 2^52 does. */
  def rint(x: Double): Double =
    if (abs(x) < 4503599627370496.0) copySign((abs(x) + 4503599627370496.0) - 4503599627370496.0, x) else x
  /** The nearest whole number, halves upwards. */
  def round(x: Double): Long = {
    val low = floor(x)
    if (x - low >= 0.5) (low + 1.0).toLong else low.toLong
  }
  def round(x: Float): Int = {
    val low = floor(x.toDouble)
    if (x.toDouble - low >= 0.5) (low + 1.0).toInt else low.toInt
  }

  // ── functions without an exact result: in software, the same bits everywhere ──
  def pow(x: Double, y: Double): Double = Rounded.pow(x, y)
  def exp(x: Double): Double = Rounded.exp(x)
  def log(x: Double): Double = Rounded.log(x)
  def log10(x: Double): Double = Rounded.log10(x)
  def sin(x: Double): Double = Rounded.sin(x)
  def cos(x: Double): Double = Rounded.cos(x)
  def tan(x: Double): Double = Rounded.tan(x)
  def expm1(x: Double): Double = Fdlibm.expm1(x)
  def log1p(x: Double): Double = Fdlibm.log1p(x)
  def cbrt(x: Double): Double = Fdlibm.cbrt(x)
  def hypot(x: Double, y: Double): Double = Fdlibm.hypot(x, y)
  def sinh(x: Double): Double = Fdlibm.sinh(x)
  def cosh(x: Double): Double = Fdlibm.cosh(x)
  def tanh(x: Double): Double = Fdlibm.tanh(x)
  def asin(x: Double): Double = Fdlibm.asin(x)
  def acos(x: Double): Double = Fdlibm.acos(x)
  def atan(x: Double): Double = Fdlibm.atan(x)
  def atan2(y: Double, x: Double): Double = Fdlibm.atan2(y, x)
  def toRadians(degrees: Double): Double = degrees * 0.017453292519943295
  def toDegrees(radians: Double): Double = radians * 57.29577951308232

  // ── the parts of a number ──
  private def exponentBits(x: Double): Int = (doubleToLongBits(x) >>> 52).toInt & 0x7ff
  /** The exponent of two; 1024 for what is no number, -1023 for what is too small. */
  def getExponent(x: Double): Int = exponentBits(x) - 1023
  def copySign(magnitude: Double, sign: Double): Double =
    longBitsToDouble(
      (doubleToLongBits(sign) & 0x8000000000000000L) | (doubleToLongBits(magnitude) & 0x7fffffffffffffffL)
    )
  /** The distance to the next number away from zero. */
  def ulp(x: Double): Double = {
    val e = exponentBits(x)
    if (e == 0x7ff) abs(x)
    else longBitsToDouble(if (e > 52) (e - 52).toLong << 52 else if (e == 0) 1L else 1L << (e - 1))
  }
  def nextUp(x: Double): Double =
    if (x < Double.PositiveInfinity) {
      val bits = doubleToLongBits(x + 0.0)
      longBitsToDouble(if (bits >= 0L) bits + 1L else bits - 1L)
    } else x
  def nextDown(x: Double): Double = -nextUp(-x)
  def nextAfter(x: Double, towards: Double): Double =
    if (x < towards) nextUp(x) else if (x > towards) nextDown(x) else if (x == towards) towards else Double.NaN
  /** `x * 2^n`, rounded once. */
  def scalb(x: Double, n: Int): Double = {
    var result = x
    var left = if (n > 2099) 2099 else if (n < -2099) -2099 else n
    while (left > 512) {
      result *= 1.3407807929942597e154
      left -= 512
    }
    // Downwards the last step is the one that may round.
    while (left < -1022) {
      result *= 7.458340731200207e-155
      left += 512
    }
    result * longBitsToDouble((left + 1023).toLong << 52)
  }
  /** The remainder of the nearest quotient. */
  def IEEEremainder(x: Double, y: Double): Double =
    if (x - x != 0.0 || y != y || y == 0.0) Double.NaN
    else if (y - y != 0.0) x
    else {
      val divisor = abs(y)
      val rest = abs(if (divisor <= 8.988465674311579e307) x % (divisor + divisor) else x)
      val result =
        if (divisor < 4.450147717014403e-308) {
          if (rest + rest > divisor) { val less = rest - divisor; if (less + less >= divisor) less - divisor else less } else rest
        } else {
          val half = 0.5 * divisor
          if (rest > half) { val less = rest - divisor; if (less >= half) less - divisor else less } else rest
        }
      if (doubleToLongBits(x) < 0L) -result else result
    }

  // ── whole numbers ──
  /** The quotient rounded down. */
  def floorDiv(x: Int, y: Int): Int = {
    val q = x / y
    if ((x ^ y) < 0 && q * y != x) q - 1 else q
  }
  def floorDiv(x: Long, y: Long): Long = {
    val q = x / y
    if ((x ^ y) < 0L && q * y != x) q - 1L else q
  }
  /** The remainder with the sign of `y`. */
  def floorMod(x: Int, y: Int): Int = x - floorDiv(x, y) * y
  def floorMod(x: Long, y: Long): Long = x - floorDiv(x, y) * y
  def floorMod(x: Long, y: Int): Int = floorMod(x, y.toLong).toInt

  /** Fails instead of wrapping. */
  def addExact(x: Int, y: Int): Int = toIntExact(x.toLong + y.toLong)
  def addExact(x: Long, y: Long): Long = {
    val r = x + y
    if (((x ^ r) & (y ^ r)) < 0L) throw new ArithmeticException("long overflow")
    r
  }
  def subtractExact(x: Int, y: Int): Int = toIntExact(x.toLong - y.toLong)
  def subtractExact(x: Long, y: Long): Long = {
    val r = x - y
    if (((x ^ y) & (x ^ r)) < 0L) throw new ArithmeticException("long overflow")
    r
  }
  def multiplyExact(x: Int, y: Int): Int = toIntExact(x.toLong * y.toLong)
  def multiplyExact(x: Long, y: Long): Long = {
    val r = x * y
    if ((y != 0L && r / y != x) || (x == Long.MinValue && y == -1L)) throw new ArithmeticException("long overflow")
    r
  }
  def negateExact(x: Int): Int = toIntExact(-x.toLong)
  def negateExact(x: Long): Long = subtractExact(0L, x)
  def incrementExact(x: Int): Int = addExact(x, 1)
  def decrementExact(x: Int): Int = subtractExact(x, 1)
  def incrementExact(x: Long): Long = addExact(x, 1L)
  def decrementExact(x: Long): Long = subtractExact(x, 1L)
  def absExact(x: Int): Int =
    if (x == Int.MinValue)
      throw new ArithmeticException("Overflow to represent absolute value of Integer.MIN_VALUE")
    else abs(x)
  def absExact(x: Long): Long =
    if (x == Long.MinValue) throw new ArithmeticException("Overflow to represent absolute value of Long.MIN_VALUE")
    else abs(x)
  def multiplyExact(x: Long, y: Int): Long = multiplyExact(x, y.toLong)
  def multiplyFull(x: Int, y: Int): Long = x.toLong * y.toLong
  /** The upper half of the product. */
  def multiplyHigh(x: Long, y: Long): Long = {
    val x0 = x & 0xffffffffL
    val x1 = x >> 32
    val y0 = y & 0xffffffffL
    val y1 = y >> 32
    val t = x1 * y0 + ((x0 * y0) >>> 32)
    x1 * y1 + (t >> 32) + (((t & 0xffffffffL) + x0 * y1) >> 32)
  }
  def floorDiv(x: Long, y: Int): Long = floorDiv(x, y.toLong)
  def toIntExact(x: Long): Int =
    if (x.toInt.toLong != x) throw new ArithmeticException("integer overflow") else x.toInt
}

/** The same functions with the bits that Java prescribes. */
object StrictMath {
  final val PI: Double = Math.PI
  final val E: Double = Math.E
  def sqrt(x: Double): Double = Math.sqrt(x)
  def pow(x: Double, y: Double): Double = Fdlibm.pow(x, y)
  def exp(x: Double): Double = Fdlibm.exp(x)
  def log(x: Double): Double = Fdlibm.log(x)
  def log10(x: Double): Double = Fdlibm.log10(x)
  def sin(x: Double): Double = Fdlibm.sin(x)
  def cos(x: Double): Double = Fdlibm.cos(x)
  def tan(x: Double): Double = Fdlibm.tan(x)
  def expm1(x: Double): Double = Fdlibm.expm1(x)
  def log1p(x: Double): Double = Fdlibm.log1p(x)
  def cbrt(x: Double): Double = Fdlibm.cbrt(x)
  def hypot(x: Double, y: Double): Double = Fdlibm.hypot(x, y)
  def sinh(x: Double): Double = Fdlibm.sinh(x)
  def cosh(x: Double): Double = Fdlibm.cosh(x)
  def tanh(x: Double): Double = Fdlibm.tanh(x)
  def asin(x: Double): Double = Fdlibm.asin(x)
  def acos(x: Double): Double = Fdlibm.acos(x)
  def atan(x: Double): Double = Fdlibm.atan(x)
  def atan2(y: Double, x: Double): Double = Fdlibm.atan2(y, x)
}
