/** Arithmetic on unsigned numbers of any size: rows of 32-bit limbs, the lowest first, without zero limbs at the end.
  * Addition is linear; multiplication and division take the product of the lengths.
  */
package fvm.internal

object Magnitudes {
  val zero: Array[Int] = new Array[Int](0)

  @intrinsic("array.copy") private def copy(from: Array[Int], at: Int, to: Array[Int], start: Int, count: Int): Unit

  private def unsigned(limb: Int): Long = limb & 0xffffffffL

  /** Without zero limbs at the end. */
  def trimmed(limbs: Array[Int]): Array[Int] = {
    var n = limbs.length
    while (n > 0 && limbs(n - 1) == 0) n -= 1
    if (n == limbs.length) limbs else prefix(limbs, n)
  }

  private def prefix(limbs: Array[Int], n: Int): Array[Int] = {
    val result = new Array[Int](n)
    copy(limbs, 0, result, 0, n)
    result
  }

  /** A `Long` read as unsigned. */
  def of(value: Long): Array[Int] = {
    val high = (value >>> 32).toInt
    val result = new Array[Int](if (high != 0) 2 else if (value.toInt != 0) 1 else 0)
    if (result.length > 0) result(0) = value.toInt
    if (result.length > 1) result(1) = high
    result
  }

  /** The low 64 bits. */
  def low(a: Array[Int]): Long =
    (if (a.length > 0) unsigned(a(0)) else 0L) | (if (a.length > 1) unsigned(a(1)) << 32 else 0L)

  def compare(a: Array[Int], b: Array[Int]): Int =
    if (a.length != b.length) { if (a.length < b.length) -1 else 1 }
    else {
      var i = a.length - 1
      while (i >= 0 && a(i) == b(i)) i -= 1
      if (i < 0) 0 else if (unsigned(a(i)) < unsigned(b(i))) -1 else 1
    }

  def add(a: Array[Int], b: Array[Int]): Array[Int] =
    if (a.length < b.length) add(b, a)
    else {
      val result = new Array[Int](a.length + 1)
      var carry = 0L
      var i = 0
      while (i < a.length) {
        carry += unsigned(a(i)) + (if (i < b.length) unsigned(b(i)) else 0L)
        result(i) = carry.toInt
        carry = carry >>> 32
        i += 1
      }
      result(i) = carry.toInt
      trimmed(result)
    }

  /** `a - b`, where `a` is not below `b`. */
  def subtract(a: Array[Int], b: Array[Int]): Array[Int] = {
    val result = new Array[Int](a.length)
    var borrow = 0L
    var i = 0
    while (i < a.length) {
      borrow += unsigned(a(i)) - (if (i < b.length) unsigned(b(i)) else 0L)
      result(i) = borrow.toInt
      borrow = borrow >> 32
      i += 1
    }
    trimmed(result)
  }

  def multiply(a: Array[Int], b: Array[Int]): Array[Int] = {
    val result = new Array[Int](a.length + b.length)
    var i = 0
    while (i < a.length) {
      val x = unsigned(a(i))
      var carry = 0L
      var j = 0
      while (j < b.length) {
        carry += x * unsigned(b(j)) + unsigned(result(i + j))
        result(i + j) = carry.toInt
        carry = carry >>> 32
        j += 1
      }
      result(i + j) = carry.toInt
      i += 1
    }
    trimmed(result)
  }

  /** `a * factor + plus`, both below 2^32. */
  def multiplySmall(a: Array[Int], factor: Long, plus: Long): Array[Int] = {
    val result = new Array[Int](a.length + 1)
    var carry = plus
    var i = 0
    while (i < a.length) {
      carry += unsigned(a(i)) * factor
      result(i) = carry.toInt
      carry = carry >>> 32
      i += 1
    }
    result(i) = carry.toInt
    trimmed(result)
  }

  /** Divides in place by a number below 2^31; gives the remainder. */
  def divideSmall(a: Array[Int], divisor: Long): Long = {
    var rest = 0L
    var i = a.length - 1
    while (i >= 0) {
      val part = (rest << 32) | unsigned(a(i))
      a(i) = (part / divisor).toInt
      rest = part % divisor
      i -= 1
    }
    rest
  }

  /** Quotient and remainder; `b` is not zero. */
  def divide(a: Array[Int], b: Array[Int]): (Array[Int], Array[Int]) =
    if (compare(a, b) < 0) (zero, a)
    else if (b.length == 1) divideByLimb(a, unsigned(b(0)))
    else {
      // Both are shifted so that the divisor's highest bit is set: then each guess of a quotient limb from the two
      // highest limbs is at most two too large.
      val shift = java.lang.Integer.numberOfLeadingZeros(b(b.length - 1))
      val divisor = shiftLeft(b, shift)
      val shifted = shiftLeft(a, shift)
      val rest = new Array[Int](a.length + 1)
      copy(shifted, 0, rest, 0, shifted.length)
      val quotient = new Array[Int](a.length - b.length + 1)
      var j = quotient.length - 1
      while (j >= 0) {
        quotient(j) = quotientLimb(rest, divisor, j)
        j -= 1
      }
      (trimmed(quotient), shiftRight(trimmed(rest), shift))
    }

  private def divideByLimb(a: Array[Int], divisor: Long): (Array[Int], Array[Int]) = {
    val quotient = new Array[Int](a.length)
    var rest = 0L
    var i = a.length - 1
    while (i >= 0) {
      val part = (rest << 32) | unsigned(a(i))
      val q = java.lang.Long.divideUnsigned(part, divisor)
      quotient(i) = q.toInt
      rest = part - q * divisor
      i -= 1
    }
    (trimmed(quotient), of(rest))
  }

  /** The quotient limb at `j`; subtracts its multiple of the divisor from `rest`. */
  private def quotientLimb(rest: Array[Int], divisor: Array[Int], j: Int): Int = {
    val n = divisor.length
    val top = unsigned(divisor(n - 1))
    val part = (unsigned(rest(j + n)) << 32) | unsigned(rest(j + n - 1))
    var guess = if (unsigned(rest(j + n)) >= top) 0xffffffffL else java.lang.Long.divideUnsigned(part, top)
    var borrow = 0L
    var carry = 0L
    var i = 0
    while (i < n) {
      carry += guess * unsigned(divisor(i))
      borrow += unsigned(rest(i + j)) - (carry & 0xffffffffL)
      rest(i + j) = borrow.toInt
      borrow = borrow >> 32
      carry = carry >>> 32
      i += 1
    }
    borrow += unsigned(rest(j + n)) - carry
    rest(j + n) = borrow.toInt
    // Below zero: the guess was too large, the divisor is added back.
    var isNegative = borrow < 0L
    while (isNegative) {
      guess -= 1L
      carry = 0L
      i = 0
      while (i < n) {
        carry += unsigned(rest(i + j)) + unsigned(divisor(i))
        rest(i + j) = carry.toInt
        carry = carry >>> 32
        i += 1
      }
      carry += unsigned(rest(j + n))
      rest(j + n) = carry.toInt
      isNegative = (carry >>> 32) == 0L
    }
    guess.toInt
  }

  def shiftLeft(a: Array[Int], count: Int): Array[Int] =
    if (a.length == 0) a
    else {
      val whole = count >>> 5
      val bits = count & 31
      val result = new Array[Int](a.length + whole + 1)
      var carry = 0
      var i = 0
      while (i < a.length) {
        result(i + whole) = (a(i) << bits) | carry
        carry = if (bits == 0) 0 else a(i) >>> (32 - bits)
        i += 1
      }
      result(i + whole) = carry
      trimmed(result)
    }

  def shiftRight(a: Array[Int], count: Int): Array[Int] = {
    val whole = count >>> 5
    val bits = count & 31
    if (whole >= a.length) zero
    else {
      val result = new Array[Int](a.length - whole)
      var i = 0
      while (i < result.length) {
        val above = if (bits == 0 || i + whole + 1 >= a.length) 0 else a(i + whole + 1) << (32 - bits)
        result(i) = (a(i + whole) >>> bits) | above
        i += 1
      }
      trimmed(result)
    }
  }

  def bitLength(a: Array[Int]): Int =
    if (a.length == 0) 0 else a.length * 32 - java.lang.Integer.numberOfLeadingZeros(a(a.length - 1))

  /** Whether one of the lowest `count` bits is set. */
  def hasLowBits(a: Array[Int], count: Int): Boolean = {
    val whole = count >>> 5
    var i = 0
    while (i < whole && i < a.length && a(i) == 0) i += 1
    if (i < whole) i < a.length else i < a.length && (a(i) & ((1 << (count & 31)) - 1)) != 0
  }

  /** Digits in a base up to 36; quadratic. */
  def text(a: Array[Int], radix: Int): String =
    if (a.length == 0) "0"
    else {
      val rest = prefix(a, a.length)
      val units = new Array[Char](a.length * 32 + 1)
      var at = units.length
      var n = rest.length
      // As many digits at once as fit into 30 bits.
      var chunk = radix.toLong
      var digits = 1
      while (chunk * radix < 1073741824L) {
        chunk = chunk * radix
        digits += 1
      }
      while (n > 0) {
        var part = divideSmall(rest, chunk)
        while (n > 0 && rest(n - 1) == 0) n -= 1
        var i = 0
        while (i < digits && (n > 0 || part != 0L)) {
          at -= 1
          units(at) = java.lang.Character.forDigit((part % radix).toInt, radix)
          part = part / radix
          i += 1
        }
      }
      TextUnits.text(units, at, units.length - at)
    }

  /** The number that digits spell; null if there is another character. Quadratic. */
  def parse(text: String, from: Int, radix: Int): Array[Int] = {
    var result = zero
    var isGood = from < text.length
    var i = from
    while (isGood && i < text.length) {
      val digit = java.lang.Character.digit(text.charAt(i), radix)
      if (digit < 0) isGood = false else result = multiplySmall(result, radix.toLong, digit.toLong)
      i += 1
    }
    if (isGood) result else null
  }
}
