/** `Math`: the arithmetic of `java.lang.Math` that is the same on every machine. */
package java.lang

import fvm.internal.{intrinsic, Transcendental}
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
  /** The nearest whole number, halves to the even one. */
  def rint(x: Double): Double = {
    val low = floor(x)
    val over = x - low
    if (over < 0.5) low
    else if (over > 0.5) low + 1.0
    else if (low / 2.0 == floor(low / 2.0)) low
    else if (over == 0.5) low + 1.0
    else x
  }
  /** The nearest whole number, halves upwards. */
  def round(x: Double): Long = {
    val low = floor(x)
    if (x - low >= 0.5) (low + 1.0).toLong else low.toLong
  }
  def round(x: Float): Int = {
    val low = floor(x.toDouble)
    if (x.toDouble - low >= 0.5) (low + 1.0).toInt else low.toInt
  }

  // ── functions without an exact result: computed in software, the same bits everywhere ──
  def pow(x: Double, y: Double): Double = Transcendental.pow(x, y)
  def exp(x: Double): Double = Transcendental.exp(x)
  def log(x: Double): Double = Transcendental.log(x)
  def log10(x: Double): Double = Transcendental.log10(x)
  def cbrt(x: Double): Double = Transcendental.cbrt(x)
  def hypot(x: Double, y: Double): Double = Transcendental.hypot(x, y)
  def sin(x: Double): Double = Transcendental.sin(x)
  def cos(x: Double): Double = Transcendental.cos(x)
  def tan(x: Double): Double = Transcendental.tan(x)
  def asin(x: Double): Double = Transcendental.asin(x)
  def acos(x: Double): Double = Transcendental.acos(x)
  def atan(x: Double): Double = Transcendental.atan(x)
  def atan2(y: Double, x: Double): Double = Transcendental.atan2(y, x)
  def toRadians(degrees: Double): Double = degrees * 0.017453292519943295
  def toDegrees(radians: Double): Double = radians * 57.29577951308232

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
  def toIntExact(x: Long): Int =
    if (x.toInt.toLong != x) throw new ArithmeticException("integer overflow") else x.toInt
}
