/** Reading numbers from text, with Java's messages. Linear in the length. */
package fvm.internal

object TextParsers {
  def int(text: String): Int = int(text, 10)

  def int(text: String, radix: Int): Int = {
    if (AnyOps.isNull(text)) throw new NumberFormatException("Cannot parse null string")
    val parsed = parse(text, radix, -2147483648L, 2147483647L)
    if (!parsed.isNumber) throw failure(text, radix) else parsed.value.toInt
  }

  def long(text: String): Long = long(text, 10)

  def long(text: String, radix: Int): Long = {
    val parsed = parse(text, radix, Long.MinValue, Long.MaxValue)
    if (!parsed.isNumber) throw failure(text, radix) else parsed.value
  }

  def short(text: String): Short = {
    val parsed = parse(text, 10, -2147483648L, 2147483647L)
    if (!parsed.isNumber) throw failure(text, 10)
    if (parsed.value < -32768L || parsed.value > 32767L) throw outOfRange(text)
    parsed.value.toShort
  }

  def byte(text: String): Byte = {
    val parsed = parse(text, 10, -2147483648L, 2147483647L)
    if (!parsed.isNumber) throw failure(text, 10)
    if (parsed.value < -128L || parsed.value > 127L) throw outOfRange(text)
    parsed.value.toByte
  }

  def boolean(text: String): Boolean =
    if (text.equalsIgnoreCase("true")) true
    else if (text.equalsIgnoreCase("false")) false
    else throw new IllegalArgumentException("For input string: \"" + text + "\"")

  def intOption(text: String): Option[Int] = {
    val parsed = parse(text, 10, -2147483648L, 2147483647L)
    if (!parsed.isNumber) None else Some[Int](parsed.value.toInt)
  }

  def longOption(text: String): Option[Long] = {
    val parsed = parse(text, 10, Long.MinValue, Long.MaxValue)
    if (!parsed.isNumber) None else Some[Long](parsed.value)
  }

  def shortOption(text: String): Option[Short] = {
    val parsed = parse(text, 10, -32768L, 32767L)
    if (!parsed.isNumber) None else Some[Short](parsed.value.toShort)
  }

  def byteOption(text: String): Option[Byte] = {
    val parsed = parse(text, 10, -128L, 127L)
    if (!parsed.isNumber) None else Some[Byte](parsed.value.toByte)
  }

  def booleanOption(text: String): Option[Boolean] =
    if (text.equalsIgnoreCase("true")) Some[Boolean](true)
    else if (text.equalsIgnoreCase("false")) Some[Boolean](false)
    else None

  def doubleOption(text: String): Option[Double] = if (isDouble(text.trim)) Some[Double](text.toDouble) else None

  /** The number that `text` spells, if it lies between `low` and `high`. */
  private def parse(text: String, radix: Int, low: Long, high: Long): Parsed = {
    val n = text.length
    val isNegative = n > 0 && text.charAt(0) == '-'
    val start = if (isNegative || (n > 0 && text.charAt(0) == '+')) 1 else 0
    // Counts downwards, because there is one more negative number.
    val limit = if (isNegative) low else -high
    val lastSafe = limit / radix.toLong
    var value = 0L
    var isNumber = start < n
    var i = start
    while (isNumber && i < n) {
      val digit = java.lang.Character.digit(text.charAt(i), radix)
      if (digit < 0 || value < lastSafe || value * radix.toLong < limit + digit.toLong) isNumber = false
      else value = value * radix.toLong - digit.toLong
      i += 1
    }
    new Parsed(isNumber, if (isNegative) value else -value)
  }

  private def failure(text: String, radix: Int): NumberFormatException =
    if (text.isEmpty) new NumberFormatException("For input string: \"\"" + underRadix(radix))
    else new NumberFormatException("For input string: \"" + text + "\"" + underRadix(radix))

  private def underRadix(radix: Int): String = if (radix == 10) "" else " under radix " + radix

  private def outOfRange(text: String): NumberFormatException =
    new NumberFormatException("Value out of range. Value:\"" + text + "\" Radix:10")

  /** Whether the text is a decimal number as Java writes them. */
  private def isDouble(text: String): Boolean = {
    var i = 0
    val n = text.length
    if (i < n && (text.charAt(i) == '-' || text.charAt(i) == '+')) i += 1
    if (text.drop(i) == "NaN" || text.drop(i) == "Infinity") true
    else {
      val whole = digits(text, i)
      i += whole
      var fraction = 0
      if (i < n && text.charAt(i) == '.') {
        fraction = digits(text, i + 1)
        i += fraction + 1
      }
      var isGood = whole + fraction > 0
      if (isGood && i < n && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
        i += 1
        if (i < n && (text.charAt(i) == '-' || text.charAt(i) == '+')) i += 1
        val exponent = digits(text, i)
        isGood = exponent > 0
        i += exponent
      }
      if (isGood && i < n && "dDfF".contains(text.charAt(i))) i += 1
      isGood && i == n
    }
  }

  private def digits(text: String, from: Int): Int = {
    var i = from
    while (i < text.length && text.charAt(i) >= '0' && text.charAt(i) <= '9') i += 1
    i - from
  }
}

/** What a text was read as. */
final class Parsed(val isNumber: Boolean, val value: Long)
