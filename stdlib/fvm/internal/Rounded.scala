/** `sin`, `cos`, `tan`, `exp`, `log`, `log10` and `pow`, computed with about 31 digits and rounded once: the double that is
  * nearest to the exact result, on every machine. Constant time.
  */
package fvm.internal

/** An unevaluated sum of two doubles, `low` being below half a unit of `high`. */
final class Pair(val high: Double, val low: Double) {
  def value: Double = high + low
  def unary_- : Pair = new Pair(-high, -low)
  def +(that: Pair): Pair = {
    val s = high + that.high
    val v = s - high
    val error = (high - (s - v)) + (that.high - v)
    Pair.normalized(s, error + low + that.low)
  }
  def -(that: Pair): Pair = this + (-that)
  def *(that: Pair): Pair = {
    val p = Pair.product(high, that.high)
    Pair.normalized(p.high, p.low + (high * that.low + low * that.high))
  }
  def *(that: Double): Pair = {
    val p = Pair.product(high, that)
    Pair.normalized(p.high, p.low + low * that)
  }
  def /(that: Pair): Pair = {
    val q1 = high / that.high
    val rest1 = this - that * q1
    val q2 = rest1.high / that.high
    val rest2 = rest1 - that * q2
    val q3 = rest2.high / that.high
    Pair.normalized(q1, q2) + Pair.of(q3)
  }
  def scaled(factor: Double): Pair = new Pair(high * factor, low * factor)
}

object Pair {
  def of(x: Double): Pair = new Pair(x, 0.0)
  def normalized(high: Double, low: Double): Pair = {
    val s = high + low
    new Pair(s, low - (s - high))
  }
  /** The exact product. */
  def product(a: Double, b: Double): Pair = {
    val p = a * b
    val a1 = upperHalf(a)
    val a2 = a - a1
    val b1 = upperHalf(b)
    val b2 = b - b1
    new Pair(p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2)
  }
  private def upperHalf(x: Double): Double = {
    val scaled = x * 134217729.0
    scaled - (scaled - x)
  }
}

object Rounded {
  private val ln2: Pair = new Pair(0.6931471805599453, 2.3190468138462996e-17)
  private val ln10: Pair = new Pair(2.302585092994046, -2.1707562233822494e-16)
  private val halfPi: Pair = new Pair(1.5707963267948966, 6.123233995736766e-17)
  private val infinity: Double = Double.PositiveInfinity
  private val nan: Double = Double.NaN

  /** `x * 2^exponent`, rounded once. */
  private def scale(x: Pair, exponent: Int): Double =
    if (exponent > 1100) x.value * infinity
    else if (exponent > 1000) x.value * power(1000) * power(exponent - 1000)
    else if (exponent >= -1000) x.value * power(exponent)
    else if (exponent < -1200) x.value * 0.0
    else {
      // The result has fewer bits: the second part decides a tie of the rounding.
      val big = x.scaled(power(exponent + 200))
      (big.high * power(-200)) + (big.low * power(-200))
    }
  private def power(exponent: Int): Double =
    if (exponent < -1022) power(exponent + 500) * power(-500)
    else java.lang.Double.longBitsToDouble((exponent + 1023).toLong << 52)

  // ── logarithm and powers ──
  /** Exponent and the number without it, between 0.7 and 1.42. */
  private def logPair(x: Double): Pair = {
    val isSmall = x < 2.2250738585072014E-308
    val y = if (isSmall) x * power(60) else x
    val bits = java.lang.Double.doubleToLongBits(y)
    var exponent = ((bits >>> 52) & 0x7ffL).toInt - 1023
    var m = java.lang.Double.longBitsToDouble((bits & 0xfffffffffffffL) | 0x3ff0000000000000L)
    if (m > 1.4142135623730951) {
      m = m * 0.5
      exponent += 1
    }
    if (isSmall) exponent -= 60
    val s = Pair.of(m - 1.0) / (Pair.of(m) + Pair.of(1.0))
    val square = s * s
    var sum = Pair.of(0.0)
    var n = 45
    while (n >= 1) {
      sum = sum * square + Pair.of(1.0) / Pair.of(n.toDouble)
      n -= 2
    }
    ln2 * exponent.toDouble + (sum * s).scaled(2.0)
  }

  def log(x: Double): Double =
    if (x != x || x < 0.0) nan
    else if (x == 0.0) -infinity
    else if (x == infinity) x
    else logPair(x).value

  def log10(x: Double): Double =
    if (x != x || x < 0.0) nan
    else if (x == 0.0) -infinity
    else if (x == infinity) x
    else (logPair(x) / ln10).value

  private def expPair(x: Pair): Double =
    if (x.high > 710.0) infinity
    else if (x.high < -746.0) 0.0
    else {
      val k = java.lang.Math.floor(x.high / ln2.high + 0.5)
      val r = x - ln2 * k
      var sum = Pair.of(1.0)
      var n = 27
      while (n >= 1) {
        sum = Pair.of(1.0) + sum * r / Pair.of(n.toDouble)
        n -= 1
      }
      scale(sum, k.toInt)
    }

  def exp(x: Double): Double = if (x != x) nan else expPair(Pair.of(x))

  def pow(x: Double, y: Double): Double =
    if (y == 0.0) 1.0
    else if (x != x || y != y) nan
    else {
      val isWhole = java.lang.Math.floor(y) == y
      val isOdd = isWhole && java.lang.Math.abs(y) < 9007199254740992.0 && y.toLong % 2L != 0L
      val magnitude = java.lang.Math.abs(x)
      val isNegative = (x < 0.0 || 1.0 / x < 0.0) && isOdd
      val result =
        if (java.lang.Math.abs(y) == infinity) { if (magnitude == 1.0) nan else if ((magnitude > 1.0) == (y > 0.0)) infinity else 0.0 }
        else if (magnitude == 0.0 || magnitude == infinity) { if ((magnitude == 0.0) == (y > 0.0)) 0.0 else infinity }
        else if (x < 0.0 && !isWhole) nan
        else if (java.lang.Math.abs(y) > 1.0e300) { if (magnitude == 1.0) 1.0 else if ((magnitude > 1.0) == (y > 0.0)) infinity else 0.0 }
        else if (isWhole && y > 0.0 && y <= 64.0 && logPair(magnitude).high * y < 400.0) wholePower(magnitude, y.toInt)
        else expPair(logPair(magnitude) * y)
      if (isNegative) -result else result
    }

  /** By squaring: exact as long as the result has at most 106 bits. */
  private def wholePower(x: Double, exponent: Int): Double = {
    var result = Pair.of(1.0)
    var base = Pair.of(x)
    var e = exponent
    while (e > 0) {
      if ((e & 1) == 1) result = result * base
      e = e >> 1
      if (e > 0) base = base * base
    }
    result.value
  }

  // ── angles ──
  /** What is left of an angle after whole quarter turns, and the number of these modulo 4. */
  private def quarterTurns(x: Double): (Pair, Int) =
    if (java.lang.Math.abs(x) < 1000000.0) {
      val k = java.lang.Math.floor(x / halfPi.high + 0.5)
      val third = -1.4973849048591833e-33
      val r = ((Pair.of(x) - Pair.product(k, halfPi.high)) - Pair.product(k, halfPi.low)) - Pair.of(k * third)
      (r, (k.toLong & 3L).toInt)
    } else {
      val angle = CircleTurns.reduced(java.lang.Math.abs(x))
      val r = Pair.normalized(angle.high, angle.low)
      if (x < 0.0) (-r, -angle.turns & 3) else (r, angle.turns & 3)
    }
  private def sinPair(r: Pair): Pair = {
    val square = -(r * r)
    var sum = Pair.of(1.0)
    var n = 26
    while (n >= 2) {
      sum = Pair.of(1.0) + sum * square / Pair.of((n * (n + 1)).toDouble)
      n -= 2
    }
    sum * r
  }
  private def cosPair(r: Pair): Pair = {
    val square = -(r * r)
    var sum = Pair.of(1.0)
    var n = 25
    while (n >= 1) {
      sum = Pair.of(1.0) + sum * square / Pair.of((n * (n + 1)).toDouble)
      n -= 2
    }
    sum
  }
  private def turned(x: Double, extra: Int): Pair = {
    val turns = quarterTurns(x)
    val k = (turns._2 + extra) & 3
    val result = if ((k & 1) == 0) sinPair(turns._1) else cosPair(turns._1)
    if (k >= 2) -result else result
  }
  private def isAngle(x: Double): Boolean = x - x == 0.0

  def sin(x: Double): Double = if (!isAngle(x)) nan else if (x == 0.0) x else turned(x, 0).value
  def cos(x: Double): Double = if (!isAngle(x)) nan else turned(x, 1).value
  def tan(x: Double): Double = if (!isAngle(x)) nan else if (x == 0.0) x else (turned(x, 0) / turned(x, 1)).value
}
