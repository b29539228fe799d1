/** `Character`: what kind of character a UTF-16 unit is, by the machine's fixed Unicode tables. */
package java.lang

import fvm.internal.intrinsic
import scala.{Boolean, Char, Int}

object Character {
  final val MIN_VALUE: Char = '\u0000'
  final val MAX_VALUE: Char = '\uffff'
  final val MIN_RADIX: Int = 2
  final val MAX_RADIX: Int = 36

  /** The Unicode general category in Java's numbering. */
  @intrinsic("char.category") def getType(c: Char): Int
  @intrinsic("char.to_upper") def toUpperCase(c: Char): Char
  @intrinsic("char.to_lower") def toLowerCase(c: Char): Char
  @intrinsic("string.from_char") def toString(c: Char): String
  def valueOf(c: Char): Char = c
  def compare(a: Char, b: Char): Int = a - b
  def hashCode(c: Char): Int = c.toInt
  def charValue(c: Char): Char = c

  def isDigit(c: Char): Boolean =
    if (c < 128) c >= '0' && c <= '9' else getType(c) == decimalDigitNumber
  def isLetter(c: Char): Boolean =
    if (c < 128) (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
    else {
      val kind = getType(c)
      kind >= uppercaseLetter && kind <= otherLetter
    }
  def isAlphabetic(c: Int): Boolean = {
    val kind = getType(c.toChar)
    (kind >= uppercaseLetter && kind <= otherLetter) || kind == letterNumber
  }
  def isLetterOrDigit(c: Char): Boolean = isLetter(c) || isDigit(c)
  def isUpperCase(c: Char): Boolean =
    if (c < 128) c >= 'A' && c <= 'Z'
    else getType(c) == uppercaseLetter || (c >= '\u2160' && c <= '\u216f') || (c >= '\u24b6' && c <= '\u24cf')
  def isLowerCase(c: Char): Boolean =
    if (c < 128) c >= 'a' && c <= 'z'
    else
      getType(c) == lowercaseLetter || c == '\u00aa' || c == '\u00ba' || (c >= '\u02b0' && c <= '\u02b8') ||
      (c >= '\u02c0' && c <= '\u02c1') || (c >= '\u02e0' && c <= '\u02e4') || (c >= '\u2170' && c <= '\u217f') ||
      (c >= '\u24d0' && c <= '\u24e9')
  /** Blanks and the control characters that separate, without the non-breaking ones. */
  def isWhitespace(c: Char): Boolean =
    if (c < 128) c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\u001c' && c <= '\u001f')
    else {
      val kind = getType(c)
      kind >= spaceSeparator && kind <= paragraphSeparator && c != '\u00a0' && c != '\u2007' && c != '\u202f'
    }
  def isSpaceChar(c: Char): Boolean = {
    val kind = getType(c)
    kind >= spaceSeparator && kind <= paragraphSeparator
  }
  def isISOControl(c: Char): Boolean = c <= '\u001f' || (c >= '\u007f' && c <= '\u009f')
  def isSurrogate(c: Char): Boolean = c >= '\ud800' && c <= '\udfff'
  def isHighSurrogate(c: Char): Boolean = c >= '\ud800' && c <= '\udbff'
  def isLowSurrogate(c: Char): Boolean = c >= '\udc00' && c <= '\udfff'
  def isJavaIdentifierStart(c: Char): Boolean = isLetter(c) || c == '_' || c == '$'
  def isJavaIdentifierPart(c: Char): Boolean = isLetterOrDigit(c) || c == '_' || c == '$'

  /** The value of a digit in a base, or -1. Letters of ASCII and of the full-width block are digits from 10 on. */
  def digit(c: Char, radix: Int): Int = {
    val value =
      if (c >= '0' && c <= '9') c - '0'
      else if (c >= 'a' && c <= 'z') c - 'a' + 10
      else if (c >= 'A' && c <= 'Z') c - 'A' + 10
      else if (c < 128) -1
      else if (c >= '\uff21' && c <= '\uff3a') c - '\uff21' + 10
      else if (c >= '\uff41' && c <= '\uff5a') c - '\uff41' + 10
      else if (isDigit(c)) decimalValue(c)
      else -1
    if (radix < MIN_RADIX || radix > MAX_RADIX || value >= radix) -1 else value
  }

  /** The digit for a value in a base, or the zero character. */
  def forDigit(value: Int, radix: Int): Char =
    if (radix < MIN_RADIX || radix > MAX_RADIX || value < 0 || value >= radix) '\u0000'
    else if (value < 10) ('0' + value).toChar
    else ('a' + value - 10).toChar

  /** Of digits and letters of ASCII and of all decimal digits. */
  def getNumericValue(c: Char): Int = {
    val kind = getType(c)
    if (c >= 128 && (kind == letterNumber || kind == otherNumber))
      throw new UnsupportedOperationException("the value of this number character is not in the tables")
    else digit(c, 36)
  }
  def isTitleCase(c: Char): Boolean = getType(c) == titlecaseLetter

  /** Decimal digits outside ASCII come in rows of ten whose first one has no digit before it. */
  private def decimalValue(c: Char): Int = {
    var value = 0
    while (value < 9 && isDigit((c - value - 1).toChar)) value += 1
    value
  }

  private final val uppercaseLetter: Int = 1
  private final val lowercaseLetter: Int = 2
  private final val titlecaseLetter: Int = 3
  private final val otherLetter: Int = 5
  private final val decimalDigitNumber: Int = 9
  private final val letterNumber: Int = 10
  private final val otherNumber: Int = 11
  private final val spaceSeparator: Int = 12
  private final val paragraphSeparator: Int = 14
}
