/** Functions without an exact result, in software: each result has the bits that Java defines for `StrictMath`, on every
  * machine. The algorithms and constants are those of Sun's fdlibm, whose order of operations that definition fixes.
  * Constant time.
  */
package fvm.internal

import java.lang.Double.{doubleToLongBits, longBitsToDouble}

/** An angle between -45 and 45 degrees in two parts, after taking away whole quarter turns. */
final class Angle(val high: Double, val low: Double, val turns: Int)

object Fdlibm {
  private final val ln2High = 6.93147180369123816490e-01
  private final val ln2Low = 1.90821492927058770002e-10
  private final val inverseLn2 = 1.44269504088896338700e+00
  private final val pi = 3.141592653589793
  private final val piLow = 1.2246467991473532e-16
  private final val halfPi = 1.5707963267948966
  private final val halfPiLow = 6.123233995736766e-17
  private final val quarterPi = 0.7853981633974483
  private final val infinity = Double.PositiveInfinity
  private final val nan = Double.NaN
  private final val smallestNormal = 2.2250738585072014e-308
  private final val twoTo24 = 16777216.0
  private final val twoTo54 = 18014398509481984.0

  // Branches are chosen by the upper 32 bits of a number, with or without its sign.
  private def upper(x: Double): Int = (doubleToLongBits(x) >>> 32).toInt
  private def size(x: Double): Int = upper(x) & 0x7fffffff
  private def ofUpper(bits: Int): Double = longBitsToDouble(bits.toLong << 32)
  /** `x` with zeros for its lower 32 bits. */
  private def cut(x: Double): Double = longBitsToDouble(doubleToLongBits(x) & -0x100000000L)
  /** `x * 2^n`; neither is subnormal. */
  private def scaled(x: Double, n: Int): Double = longBitsToDouble(doubleToLongBits(x) + (n.toLong << 52))
  private def abs(x: Double): Double = longBitsToDouble(doubleToLongBits(x) & 0x7fffffffffffffffL)
  private def isNegative(x: Double): Boolean = doubleToLongBits(x) < 0L
  private def sqrt(x: Double): Double = java.lang.Math.sqrt(x)

  // ── exponential functions ──
  /** How many times ln 2 is taken away. */
  private def powersOf2(x: Double): Int = {
    val s = size(x)
    if (s <= 0x3fd62e42) 0
    else if (s < 0x3ff0a2b2) { if (x < 0.0) -1 else 1 }
    else (inverseLn2 * x + (if (x < 0.0) -0.5 else 0.5)).toInt
  }
  private def expSeries(x: Double): Double = {
    val t = x * x
    x - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03 + t * (6.61375632143793436117e-05 +
      t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))))
  }
  def exp(x: Double): Double =
    if (x != x) nan
    else if (x > 7.09782712893383973096e+02) infinity
    else if (x < -7.45133219101941108420e+02) 0.0
    else if (size(x) < 0x3e300000) 1.0 + x
    else {
      val k = powersOf2(x)
      val high = x - k * ln2High
      val low = k * ln2Low
      val r = high - low
      val c = expSeries(r)
      if (k == 0) 1.0 - (r * c / (c - 2.0) - r)
      else {
        val y = 1.0 - ((low - r * c / (2.0 - c)) - high)
        if (k >= -1021) scaled(y, k) else scaled(y, k + 1000) * 9.33263618503218878990e-302
      }
    }

  def expm1(x: Double): Double =
    if (x != x) nan
    else if (x > 7.09782712893383973096e+02) infinity
    else if (size(x) >= 0x4043687a && x < 0.0) -1.0
    else if (size(x) < 0x3c900000) x
    else {
      val k = powersOf2(x)
      val high = x - k * ln2High
      val low = k * ln2Low
      val r = high - low
      val c = (high - r) - low
      val half = 0.5 * r
      val h = r * half
      val p = 1.0 + h * (-3.33333333333331316428e-02 + h * (1.58730158725481460165e-03 + h *
        (-7.93650757867487942473e-05 + h * (4.00821782732936239552e-06 + h * -2.01099218183624371326e-07))))
      val t = 3.0 - p * half
      val q = h * ((p - t) / (6.0 - r * t))
      if (k == 0) r - (r * q - h)
      else {
        val e = (r * (q - c) - c) - h
        if (k == -1) 0.5 * (r - e) - 0.5
        else if (k == 1) { if (r < -0.25) -2.0 * (e - (r + 0.5)) else 1.0 + 2.0 * (r - e) }
        else if (k <= -2 || k > 56) scaled(1.0 - (e - r), k) - 1.0
        else if (k < 20) scaled(ofUpper(0x3ff00000 - (0x200000 >> k)) - (e - r), k)
        else scaled((r - (e + scaled(1.0, -k))) + 1.0, k)
      }
    }

  /** Half of `e^x` where that is large, without overflow before its time. */
  private def halfExp(x: Double, half: Double): Double =
    if (size(x) < 0x40862e42) half * exp(x)
    else if (x <= 710.4758600739439) {
      val w = exp(0.5 * x)
      half * w * w
    } else half * infinity

  def sinh(x: Double): Double = {
    val half = if (x < 0.0) -0.5 else 0.5
    val s = size(x)
    if (x != x || s < 0x3e300000) x
    else if (s >= 0x40360000) halfExp(abs(x), half)
    else {
      val t = expm1(abs(x))
      if (s < 0x3ff00000) half * (2.0 * t - t * t / (t + 1.0)) else half * (t + t / (t + 1.0))
    }
  }
  def cosh(x: Double): Double = {
    val s = size(x)
    if (x != x) nan
    else if (s >= 0x40360000) halfExp(abs(x), 0.5)
    else if (s < 0x3fd62e43) {
      val t = expm1(abs(x))
      val w = 1.0 + t
      if (s < 0x3c800000) w else 1.0 + t * t / (w + w)
    } else {
      val t = exp(abs(x))
      0.5 * t + 0.5 / t
    }
  }
  def tanh(x: Double): Double = {
    val s = size(x)
    if (x != x || x == 0.0) x
    else if (s < 0x3c800000) x * (1.0 + x)
    else {
      val y =
        if (s >= 0x40360000) 1.0
        else if (s >= 0x3ff00000) 1.0 - 2.0 / (expm1(2.0 * abs(x)) + 2.0)
        else {
          val t = expm1(-2.0 * abs(x))
          -t / (t + 2.0)
        }
      if (x < 0.0) -y else y
    }
  }

  // ── logarithms ──
  /** `log(1 + f) + k ln 2 + c`; `isTiny` tells that `f` is below 2^-20. */
  private def logSeries(f: Double, k: Int, c: Double, isTiny: Boolean): Double = {
    val n = k.toDouble
    val h = 0.5 * f * f
    if (isTiny) n * ln2High - ((h * (1.0 - 0.66666666666666666 * f) - (n * ln2Low + c)) - f)
    else {
      val s = f / (2.0 + f)
      val z = s * s
      val r = z * (6.666666666666735130e-01 + z * (3.999999999940941908e-01 + z * (2.857142874366239149e-01 + z *
        (2.222219843214978396e-01 + z * (1.818357216161805012e-01 + z * (1.531383769920937332e-01 + z *
        1.479819860511658591e-01))))))
      n * ln2High - ((h - (s * (h + r) + (n * ln2Low + c))) - f)
    }
  }
  def log(x: Double): Double =
    if (x != x || x < 0.0) nan
    else if (x == 0.0) -infinity
    else if (x == infinity) x
    else {
      val bits = doubleToLongBits(if (x < smallestNormal) x * twoTo54 else x)
      val top = (bits >>> 32).toInt & 0xfffff
      val above = (top + 0x95f64) & 0x100000
      val n = ((bits >>> 52).toInt - (if (x < smallestNormal) 1077 else 1023) + (above >>> 20)).toDouble
      val f = longBitsToDouble((bits & 0xfffffffffffffL) | ((above ^ 0x3ff00000).toLong << 32)) - 1.0
      if (((2 + top) & 0xfffff) < 3) {
        if (f == 0.0) n * ln2High + n * ln2Low
        else n * ln2High - ((f * f * (0.5 - 0.33333333333333333 * f) - n * ln2Low) - f)
      } else {
        val s = f / (2.0 + f)
        val z = s * s
        val w = z * z
        val even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
        val odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w *
          1.479819860511658591e-01)))
        val r = odd + even
        if (((top - 0x6147a) | (0x6b851 - top)) > 0) {
          val h = 0.5 * f * f
          n * ln2High - ((h - (s * (h + r) + n * ln2Low)) - f)
        } else n * ln2High - ((s * (f - r) - n * ln2Low) - f)
      }
    }

  def log10(x: Double): Double =
    if (x != x || x < 0.0) nan
    else if (x == 0.0) -infinity
    else if (x == infinity) x
    else {
      val bits = doubleToLongBits(if (x < smallestNormal) x * twoTo54 else x)
      val k = (bits >>> 52).toInt - (if (x < smallestNormal) 1077 else 1023)
      val below = k >>> 31
      val n = (k + below).toDouble
      val m = longBitsToDouble((bits & 0xfffffffffffffL) | ((0x3ff - below).toLong << 52))
      (n * 3.69423907715893078616e-13 + 4.34294481903251816668e-01 * log(m)) + n * 3.01029995663611771306e-01
    }

  def log1p(x: Double): Double = {
    val s = size(x)
    if (x != x || x < -1.0) nan
    else if (x == -1.0) -infinity
    else if (x == infinity || s < 0x3c900000) x
    else if (s < 0x3e200000) x - x * x * 0.5
    else if (s < 0x3fda827a && x > 0.0 || s <= 0x3fd2bec3 && x < 0.0) logSeries(x, 0, 0.0, false)
    else {
      val u = if (upper(x) < 0x43400000) 1.0 + x else x
      val exponent = (upper(u) >> 20) - 1023
      val c = if (upper(x) >= 0x43400000) 0.0 else (if (exponent > 0) 1.0 - (u - x) else x - (u - 1.0)) / u
      val top = upper(u) & 0xfffff
      val above = if (top < 0x6a09e) 0 else 1
      val f = longBitsToDouble((doubleToLongBits(u) & 0xfffffffffffffL) | ((0x3ff - above).toLong << 52)) - 1.0
      val k = exponent + above
      val isTiny = (if (above == 0) top else (0x100000 - top) >> 2) == 0
      if (isTiny && f == 0.0) k * ln2High + (c + k * ln2Low)
      else logSeries(f, k, if (k == 0) 0.0 else c, isTiny)
    }
  }

  // ── powers and roots ──
  def pow(x: Double, y: Double): Double =
    if (y == 0.0) 1.0
    else if (x != x || y != y) nan
    else if (y == 1.0) x
    else if (y == 2.0) x * x
    else if (y == -1.0) 1.0 / x
    else if (y == 0.5 && x != -infinity) sqrt(x + 0.0)
    else {
      val magnitude = abs(x)
      val isWhole = java.lang.Math.floor(y) == y
      val isOdd = isWhole && abs(y) < 9007199254740992.0 && (y.toLong & 1L) != 0L
      if (abs(y) == infinity) { if (magnitude == 1.0) nan else if ((magnitude > 1.0) == (y > 0.0)) infinity else 0.0 }
      else if (x < 0.0 && magnitude != infinity && !isWhole) nan
      else {
        val result =
          if (magnitude == 0.0 || magnitude == infinity || magnitude == 1.0) { if (y < 0.0) 1.0 / magnitude else magnitude }
          else if (size(y) <= 0x41e00000) powerOf(log2(magnitude), y)
          else if (size(x) < 0x3fefffff || size(y) > 0x43f00000 && magnitude < 1.0) { if (y < 0.0) infinity else 0.0 }
          else if (size(x) > 0x3ff00000 || size(y) > 0x43f00000) { if (y > 0.0) infinity else 0.0 }
          else powerOf(log2NearOne(magnitude - 1.0), y)
        if (isNegative(x) && isOdd) -result else result
      }
    }

  private def log2NearOne(t: Double): Angle = {
    val w = t * t * (0.5 - t * (0.3333333333333333333333 - t * 0.25))
    val u = 1.44269502162933349609e+00 * t
    val v = t * 1.92596299112661746887e-08 - w * inverseLn2
    val high = cut(u + v)
    new Angle(high, v - (high - u), 0)
  }

  /** The binary logarithm in two parts. */
  private def log2(x: Double): Angle = {
    val bits = doubleToLongBits(if (x < smallestNormal) x * 9007199254740992.0 else x)
    val top = (bits >>> 32).toInt & 0xfffff
    // From 1 to sqrt(3/2) the middle is 1, from there to sqrt(3) it is 1.5.
    val isMiddle = top > 0x3988e && top < 0xbb67a
    val above = if (top >= 0xbb67a) 1 else 0
    val n = ((bits >>> 52).toInt - (if (x < smallestNormal) 1076 else 1023) + above).toDouble
    val m = longBitsToDouble((bits & 0xfffffffffffffL) | ((0x3ff - above).toLong << 52))
    val middle = if (isMiddle) 1.5 else 1.0
    val u = m - middle
    val v = 1.0 / (m + middle)
    val s = u * v
    val sHigh = cut(s)
    val sumHigh = ofUpper(((upper(m) >> 1) | 0x20000000) + 0x00080000 + (if (isMiddle) 0x40000 else 0))
    val sumLow = m - (sumHigh - middle)
    val sLow = v * ((u - sHigh * sumHigh) - sHigh * sumLow)
    val z = s * s
    val r = z * z * (5.99999999999994648725e-01 + z * (4.28571428578550184252e-01 + z * (3.33333329818377432918e-01 + z *
      (2.72728123808534006489e-01 + z * (2.30660745775561754067e-01 + z * 2.06975017800338417784e-01))))) +
      sLow * (sHigh + s)
    val square = sHigh * sHigh
    val tHigh = cut(3.0 + square + r)
    val tLow = r - ((tHigh - 3.0) - square)
    val p = sHigh * tHigh
    val q = sLow * tHigh + tLow * s
    val pHigh = cut(p + q)
    val pLow = q - (pHigh - p)
    val zHigh = 9.61796700954437255859e-01 * pHigh
    val zLow = -7.02846165095275826516e-09 * pHigh + pLow * 9.61796693925975554329e-01 +
      (if (isMiddle) 1.35003920212974897128e-08 else 0.0)
    val middleHigh = if (isMiddle) 5.84962487220764160156e-01 else 0.0
    val high = cut(((zHigh + zLow) + middleHigh) + n)
    new Angle(high, zLow - (((high - n) - middleHigh) - zHigh), 0)
  }

  /** 2 to the product of `y` and a number in two parts. */
  private def powerOf(logarithm: Angle, y: Double): Double = {
    val y1 = cut(y)
    val low = (y - y1) * logarithm.high + y * logarithm.low
    val high = y1 * logarithm.high
    val z = low + high
    if (z > 1024.0 || z == 1024.0 && low + 8.0085662595372944372e-17 > z - high) infinity
    else if (z < -1075.0 || z == -1075.0 && low <= z - high) 0.0
    else {
      val n = if (size(z) <= 0x3fe00000) 0 else roundedHalfAway(z)
      val rest = high - n.toDouble
      val t = cut(low + rest)
      val u = t * 6.93147182464599609375e-01
      val v = (low - (t - rest)) * 6.93147180559945286227e-01 + t * -1.90465429995776804525e-09
      val w = u + v
      val tail = v - (w - u)
      val c = expSeries(w)
      val result = 1.0 - ((w * c / (c - 2.0) - (tail + w * tail)) - w)
      if ((upper(result) >> 20) + n <= 0) scaled(result, n + 1000) * 9.33263618503218878990e-302 else scaled(result, n)
    }
  }
  /** From the upper bits only. */
  private def roundedHalfAway(z: Double): Int = {
    val n = (abs(ofUpper(upper(z))) + 0.5).toInt
    if (z < 0.0) -n else n
  }

  def cbrt(x: Double): Double =
    if (x != x || x == 0.0 || x == infinity || x == -infinity) x
    else {
      val a = abs(x)
      val guess =
        if (a < smallestNormal) {
          val b = doubleToLongBits(a * twoTo54)
          longBitsToDouble((((b >>> 32).toInt / 3 + 696219795).toLong << 32) | (b & 0xffffffffL))
        } else ofUpper(upper(a) / 3 + 715094163)
      val s = 5.42857142857142815906e-01 + guess * guess / a * guess
      val u = guess * (3.57142857142857150787e-01 +
        1.60714285714285720630e+00 / (s + 1.41428571428571436819e+00 + -7.05306122448979611050e-01 / s))
      val t = longBitsToDouble(doubleToLongBits(cut(u)) + 0x100000000L)
      val r = a / (t * t)
      val result = t + t * ((r - t) / ((t + t) + r))
      if (x < 0.0) -result else result
    }

  def hypot(x: Double, y: Double): Double = {
    val large = if (abs(x) < abs(y)) abs(y) else abs(x)
    val small = if (abs(x) < abs(y)) abs(x) else abs(y)
    if (abs(x) == infinity || abs(y) == infinity) infinity
    else if (x != x || y != y) nan
    else if (size(large) - size(small) > 0x3c00000) large + small
    else if (small == 0.0) large
    else if (size(large) > 0x5f300000) sides(scaled(large, -600), scaled(small, -600), true) * scaled(1.0, 600)
    else if (size(small) < 0x00100000)
      sides(large * ofUpper(0x7fd00000), small * ofUpper(0x7fd00000), false) * smallestNormal
    else if (size(small) < 0x20b00000) sides(scaled(large, 600), scaled(small, 600), true) * scaled(1.0, -600)
    else sides(large, small, true)
  }
  /** The root of the sum of squares; squares are split so that less is rounded. */
  private def sides(a: Double, b: Double, isSplit: Boolean): Double = {
    val w = a - b
    val a1 = if (isSplit) cut(a) else 0.0
    if (w > b) sqrt(a1 * a1 - (b * -b - (a - a1) * (a + a1)))
    else {
      val b1 = if (isSplit) cut(b) else 0.0
      val twice = a1 * 2.0
      sqrt(twice * b1 - (w * -w - (twice * (b - b1) + (a + a - twice) * b)))
    }
  }

  // ── angles of a circle ──
  private def sinSeries(x: Double, y: Double, isReduced: Boolean): Double =
    if (size(x) < 0x3e400000) x
    else {
      val z = x * x
      val v = z * x
      val r = 8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 + z * (2.75573137070700676789e-06 + z *
        (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))
      if (isReduced) x - ((z * (0.5 * y - v * r) - y) - v * -1.66666666666666324348e-01)
      else x + v * (-1.66666666666666324348e-01 + z * r)
    }
  private def cosSeries(x: Double, y: Double): Double = {
    val s = size(x)
    if (s < 0x3e400000) 1.0
    else {
      val z = x * x
      val r = z * (4.16666666666666019037e-02 + z * (-1.38888888888741095749e-03 + z * (2.48015872894767294178e-05 + z *
        (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))))
      if (s < 0x3fd33333) 1.0 - (0.5 * z - (z * r - x * y))
      else {
        val q = if (s > 0x3fe90000) 0.28125 else ofUpper(s - 0x00200000)
        (1.0 - q) - ((0.5 * z - q) - (z * r - x * y))
      }
    }
  }
  /** The tangent or, if `isInverse`, its negative inverse. */
  private def tanSeries(x0: Double, y0: Double, isInverse: Boolean): Double = {
    val s = size(x0)
    val isWide = s >= 0x3fe59428
    val x = if (isWide) (quarterPi - abs(x0)) + (3.06161699786838301793e-17 - (if (x0 < 0.0) -y0 else y0)) else x0
    val y = if (isWide) 0.0 else y0
    if (s < 0x3e300000) { if (isInverse) negativeInverse(x, y) else x }
    else {
      val z = x * x
      val w = z * z
      val odd = 1.33333333333201242699e-01 + w * (2.18694882948595424599e-02 + w * (3.59207910759131235356e-03 + w *
        (5.88041240820264096874e-04 + w * (7.81794442939557092300e-05 + w * -1.85586374855275456654e-05))))
      val even = z * (5.39682539762260521377e-02 + w * (8.86323982359930005737e-03 + w * (1.45620945432529025516e-03 + w *
        (2.46463134818469906812e-04 + w * (7.14072491382608190305e-05 + w * 2.59073051863633712884e-05)))))
      val cube = z * x
      val r = (y + z * (cube * (odd + even) + y)) + 3.33333333333334091986e-01 * cube
      if (isWide) {
        val unit = if (isInverse) -1.0 else 1.0
        val sum = x + r
        val t = unit - 2.0 * (x - (sum * sum / (sum + unit) - r))
        if (x0 < 0.0) -t else t
      } else if (isInverse) negativeInverse(x, r)
      else x + r
    }
  }
  /** `-1 / (x + r)`, accurately. */
  private def negativeInverse(x: Double, r: Double): Double = {
    val w = x + r
    val z = cut(w)
    val v = r - (z - x)
    val a = -1.0 / w
    val t = cut(a)
    t + a * ((1.0 + t * z) + t * v)
  }

  private def isSmallAngle(x: Double): Boolean = size(x) <= 0x3fe921fb
  private def turned(x: Double, extra: Int): Double =
    if (x - x != 0.0) nan
    else {
      val angle = if (isSmallAngle(x)) new Angle(x, 0.0, 0) else reduced(x)
      val k = angle.turns + extra
      val result =
        if ((k & 1) == 0) sinSeries(angle.high, angle.low, !isSmallAngle(x)) else cosSeries(angle.high, angle.low)
      if ((k & 2) != 0) -result else result
    }
  def sin(x: Double): Double = turned(x, 0)
  def cos(x: Double): Double = turned(x, 1)
  def tan(x: Double): Double =
    if (x - x != 0.0) nan
    else if (isSmallAngle(x)) tanSeries(x, 0.0, false)
    else {
      val angle = reduced(x)
      tanSeries(angle.high, angle.low, (angle.turns & 1) != 0)
    }

  /** An angle above 45 degrees. */
  private def reduced(x: Double): Angle = {
    val angle = if (size(x) <= 0x413921fb) reducedMedium(abs(x)) else CircleTurns.reduced(abs(x))
    if (x < 0.0) new Angle(-angle.high, -angle.low, -angle.turns) else angle
  }
  /** By a quarter turn in pieces of 33 bits, of which the more are used the more digits cancel. */
  private def reducedMedium(x: Double): Angle = {
    val s = size(x)
    val n = if (s < 0x4002d97c) 1 else (x * 6.36619772367581382433e-01 + 0.5).toInt
    val isNear = s == size(n * halfPi)
    var rest = x - n * 1.57079632673412561417e+00
    var less = n * 6.07710050650619224932e-11
    var high = rest - less
    // Up to 31 quarter turns, only the upper bits are asked whether many digits cancel.
    val isChecked = if (n == 1 && s < 0x4002d97c) isNear else (n >= 32 || isNear) && lost(s, high) > 16
    if (isChecked) {
      val before = rest
      val piece = n * 6.07710050630396597660e-11
      rest = before - piece
      less = n * 2.02226624879595063154e-21 - ((before - rest) - piece)
      high = rest - less
      if (n > 1 && lost(s, high) > 49) {
        val second = rest
        val third = n * 2.02226624871116645580e-21
        rest = second - third
        less = n * 8.47842766036889956997e-32 - ((second - rest) - third)
        high = rest - less
      }
    }
    new Angle(high, (rest - high) - less, n)
  }
  /** The number of binary digits that cancelled. */
  private def lost(before: Int, after: Double): Int = (before >> 20) - (size(after) >> 20)

  // ── angles from numbers ──
  def atan(x: Double): Double = {
    val s = size(x)
    if (x != x || s < 0x3e200000) x
    else if (s >= 0x44100000) { if (x < 0.0) -halfPi else halfPi }
    else if (s < 0x3fdc0000) x - x * atanSeries(x)
    else {
      val a = abs(x)
      val t =
        if (s < 0x3fe60000) atanFrom((2.0 * a - 1.0) / (2.0 + a), 4.63647609000806093515e-01, 2.26987774529616870924e-17)
        else if (s < 0x3ff30000) atanFrom((a - 1.0) / (a + 1.0), quarterPi, 3.06161699786838301793e-17)
        else if (s < 0x40038000)
          atanFrom((a - 1.5) / (1.0 + 1.5 * a), 9.82793723247329054082e-01, 1.39033110312309984516e-17)
        else atanFrom(-1.0 / a, halfPi, halfPiLow)
      if (x < 0.0) -t else t
    }
  }
  private def atanFrom(x: Double, high: Double, low: Double): Double = high - ((x * atanSeries(x) - low) - x)
  private def atanSeries(x: Double): Double = {
    val z = x * x
    val w = z * z
    z * (3.33333333333329318027e-01 + w * (1.42857142725034663711e-01 + w * (9.09088713343650656196e-02 + w *
      (6.66107313738753120669e-02 + w * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02))))) +
    w * (-1.99999999998764832476e-01 + w * (-1.11111104054623557880e-01 + w * (-7.69187620504482999495e-02 + w *
      (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02))))
  }
  def atan2(y: Double, x: Double): Double =
    if (x != x || y != y) nan
    else {
      val isBehind = isNegative(x)
      val difference = (size(y) - size(x)) >> 20
      val angle =
        if (y == 0.0) 0.0
        else if (x == 0.0) halfPi
        else if (abs(y) == infinity) { if (abs(x) == infinity) quarterPi else halfPi }
        else if (abs(x) == infinity || isBehind && difference < -60) 0.0
        else if (difference > 60) halfPi
        else atan(abs(y / x))
      val result =
        if (!isBehind || x == 0.0 && y != 0.0 || abs(y) == infinity && abs(x) != infinity) angle
        else if (abs(y) == infinity) 3.0 * quarterPi
        else pi - (angle - piLow)
      if (isNegative(y)) -result else result
    }

  private def asinRatio(t: Double): Double =
    t * (1.66666666666666657415e-01 + t * (-3.25565818622400915405e-01 + t * (2.01212532134862925881e-01 + t *
      (-4.00555345006794114027e-02 + t * (7.91534994289814532176e-04 + t * 3.47933107596021167570e-05))))) /
    (1.0 + t * (-2.40339491173441421878e+00 + t * (2.02094576023350569471e+00 + t * (-6.88283971605453293030e-01 + t *
      7.70381505559019352791e-02))))
  def asin(x: Double): Double = {
    val s = size(x)
    if (x != x || abs(x) > 1.0) nan
    else if (abs(x) == 1.0) x * halfPi + x * halfPiLow
    else if (s < 0x3e400000) x
    else if (s < 0x3fe00000) x + x * asinRatio(x * x)
    else {
      val t = (1.0 - abs(x)) * 0.5
      val r = asinRatio(t)
      val root = sqrt(t)
      val angle =
        if (s >= 0x3fef3333) halfPi - (2.0 * (root + root * r) - halfPiLow)
        else {
          val w = cut(root)
          val c = (t - w * w) / (root + w)
          quarterPi - ((2.0 * root * r - (halfPiLow - 2.0 * c)) - (quarterPi - 2.0 * w))
        }
      if (x < 0.0) -angle else angle
    }
  }
  def acos(x: Double): Double = {
    val s = size(x)
    if (x != x || abs(x) > 1.0) nan
    else if (x == 1.0) 0.0
    else if (x == -1.0) pi
    else if (s <= 0x3c600000) halfPi
    else if (s < 0x3fe00000) halfPi - (x - (halfPiLow - x * asinRatio(x * x)))
    else {
      val z = (1.0 - abs(x)) * 0.5
      val root = sqrt(z)
      val r = asinRatio(z)
      if (x < 0.0) pi - 2.0 * (root + (r * root - halfPiLow))
      else {
        val w = cut(root)
        2.0 * (w + (r * root + (z - w * w) / (root + w)))
      }
    }
  }
}

/** Large angles: the product with 2 / pi, of which only the digits that matter are multiplied, in pieces of 24 bits. */
object CircleTurns {
  private val inverse: Array[Int] = Array[Int](
    0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163, 0xabdebb, 0xc561b7,
    0x246e3a, 0x424dd2, 0xe00649, 0x2eea09, 0xd1921c, 0xfe1deb, 0x1cb129, 0xa73ee8, 0x8235f5, 0x2ebb44, 0x84e99c,
    0x7026b4, 0x5f7e41, 0x3991d6, 0x398353, 0x39f49c, 0x845f8b, 0xbdf928, 0x3b1ff8, 0x97ffde, 0x05980f, 0xef2f11,
    0x8b5a0a, 0x6d1f6d, 0x367ecf, 0x27cb09, 0xb74f46, 0x3f669e, 0x5fea2d, 0x7527ba, 0xc7ebe5, 0xf17b3d, 0x0739f7,
    0x8a5292, 0xea6bfb, 0x5fb11f, 0x8d5d08, 0x560330, 0x46fc7b, 0x6babf0, 0xcfbc20, 0x9af436, 0x1da9e3, 0x91615e,
    0xe61b08, 0x659985, 0x5f14a0, 0x68408d, 0xffd880, 0x4d7327, 0x310606, 0x1556ca, 0x73a8c9, 0x60e27b, 0xc08c6b)
  /** A quarter turn in pieces. */
  private val quarter: Array[Double] = Array[Double](
    1.57079625129699707031e+00, 7.54978941586159635335e-08, 5.39030252995776476554e-15, 3.28200341580791294123e-22,
    1.27065575308067607349e-29)
  private def power(n: Int): Double = longBitsToDouble((n + 1023).toLong << 52)

  def reduced(x: Double): Angle = {
    val exponent = (doubleToLongBits(x) >>> 52).toInt - 1046
    val parts = new Array[Double](3)
    parts(0) = (x * power(-exponent)).toInt.toDouble
    val second = (x * power(-exponent) - parts(0)) * 16777216.0
    parts(1) = second.toInt.toDouble
    parts(2) = (second - parts(1)) * 16777216.0
    val first = if (exponent < 3) 0 else (exponent - 3) / 24
    val scale = exponent - 24 * (first + 1)
    val count = if (parts(2) != 0.0) 3 else if (parts(1) != 0.0) 2 else 1
    // More digits are taken until one of them differs from zero.
    var last = 4
    var turn = new Turn(parts, count, first, last, scale)
    while (turn.isVague) {
      last += turn.missing
      turn = new Turn(parts, count, first, last, scale)
    }
    turn.angle
  }

  /** The product of `parts` and the digits of 2 / pi from the one at `first` to the one `last` behind it. */
  private final class Turn(parts: Array[Double], count: Int, first: Int, last: Int, scale: Int) {
    private val sums = new Array[Double](20)
    private val digits = new Array[Int](20)
    private var turns = 0
    private var rest = 0.0
    private var half = 0
    multiply()
    split()

    private def multiply(): Unit = {
      var i = 0
      while (i <= last) {
        var sum = 0.0
        var j = 0
        while (j < count) {
          val at = first + i - j
          if (at >= 0) sum += parts(j) * inverse(at)
          j += 1
        }
        sums(i) = sum
        i += 1
      }
      var z = sums(last)
      i = 0
      while (i < last) {
        val carry = (z * 5.96046447753906250000e-08).toInt.toDouble
        digits(i) = (z - 16777216.0 * carry).toInt
        z = sums(last - 1 - i) + carry
        i += 1
      }
      rest = z
    }
    /** Parts the whole quarter turns from the rest, which is made at most a half. */
    private def split(): Unit = {
      var z = rest * power(scale)
      z -= 8.0 * java.lang.Math.floor(z * 0.125)
      turns = z.toInt
      z -= turns.toDouble
      if (scale > 0) {
        val whole = digits(last - 1) >> (24 - scale)
        turns += whole
        digits(last - 1) -= whole << (24 - scale)
        half = digits(last - 1) >> (23 - scale)
      } else if (scale == 0) half = digits(last - 1) >> 23
      else if (z >= 0.5) half = 2
      if (half > 0) {
        turns += 1
        val carries = complement()
        if (scale > 0) digits(last - 1) &= 0xffffff >> scale
        if (half == 2) {
          z = 1.0 - z
          if (carries) z -= power(scale)
        }
      }
      rest = z
    }
    private def complement(): Boolean = {
      var carries = false
      var i = 0
      while (i < last) {
        val digit = digits(i)
        if (carries) digits(i) = 0xffffff - digit
        else if (digit != 0) {
          carries = true
          digits(i) = 0x1000000 - digit
        }
        i += 1
      }
      carries
    }
    /** Whether nothing is left in the digits that count. */
    def isVague: Boolean = {
      var isZero = rest == 0.0
      var i = last - 1
      while (i >= 4) {
        if (digits(i) != 0) isZero = false
        i -= 1
      }
      isZero
    }
    def missing: Int = {
      var n = 1
      while (n < 4 && digits(4 - n) == 0) n += 1
      n
    }
    def angle: Angle = {
      var top = last
      var exponent = scale
      if (rest == 0.0) {
        top -= 1
        exponent -= 24
        while (digits(top) == 0) {
          top -= 1
          exponent -= 24
        }
      } else {
        val z = rest * power(-scale)
        if (z >= 16777216.0) {
          val carry = (z * 5.96046447753906250000e-08).toInt
          digits(top) = (z - 16777216.0 * carry).toInt
          top += 1
          exponent += 24
          digits(top) = carry
        } else digits(top) = z.toInt
      }
      var unit = power(exponent)
      var i = top
      while (i >= 0) {
        sums(i) = unit * digits(i)
        unit *= 5.96046447753906250000e-08
        i -= 1
      }
      var high = 0.0
      i = 0
      while (i <= top) {
        high += product(i, top)
        i += 1
      }
      // The sum from the smallest term on; then what it lacks of the terms from the largest on.
      var low = product(top, top) - high
      i = top - 1
      while (i >= 0) {
        low += product(i, top)
        i -= 1
      }
      if (half == 0) new Angle(high, low, turns & 7) else new Angle(-high, -low, turns & 7)
    }
    private def product(i: Int, top: Int): Double = {
      var sum = 0.0
      var k = 0
      while (k <= 4 && k <= top - i) {
        sum += quarter(k) * sums(i + k)
        k += 1
      }
      sum
    }
  }
}
