/** What `format`, `printf` and `f"…"` do: Java's formats for numbers, texts and characters, in the way of the root locale.
  * Linear in the pattern and the result.
  */
package fvm.internal

import scala.collection.mutable.StringBuilder

object Formatter {
  /** The literal parts with the values between them; a part may begin with the format of the value before it. */
  def interpolated(parts: Seq[String], args: Seq[Any]): String = {
    val pattern = new StringBuilder()
    pattern.append(StringContext.processEscapes(parts.head))
    parts.tail.foreach[Unit]((raw: String) => {
      val part = StringContext.processEscapes(raw)
      val hasFormat = part.length > 1 && part.charAt(0) == '%' && part.charAt(1) != '%' && part.charAt(1) != 'n'
      pattern.append(if (hasFormat) part else "%s" + part)
      ()
    })
    format(pattern.toString, args)
  }

  def format(pattern: String, args: Seq[Any]): String = {
    val out = new StringBuilder()
    var i = 0
    var next = 0
    while (i < pattern.length) {
      val c = pattern.charAt(i)
      if (c != '%') {
        out.append(c)
        i += 1
      } else {
        val directive = new Directive(pattern, i)
        i = directive.end
        if (directive.conversion == '%') out.append(directive.padded("%"))
        else if (directive.conversion == 'n') out.append('\n')
        else {
          if (directive.index < 0) next += 1
          val at = if (directive.index < 0) next - 1 else directive.index - 1
          if (at < 0 || at >= args.length) throw new java.util.MissingFormatArgumentException("Format specifier '" + directive.text + "'")
          out.append(directive.show(args(at)))
        }
      }
    }
    out.toString
  }
}

/** One format, read from the percent sign at `start`. */
final class Directive(pattern: String, start: Int) {
  private var at: Int = start + 1
  private def current: Char =
    if (at < pattern.length) pattern.charAt(at)
    else throw new java.util.UnknownFormatConversionException("Conversion = '%'")
  private def number(): Int = {
    var n = -1
    while (current.isDigit) {
      n = (if (n < 0) 0 else n) * 10 + (current - '0')
      if (n > 100000) throw new IllegalArgumentException("a field of a format is too wide")
      at += 1
    }
    n
  }
  val index: Int = {
    val n = number()
    if (n > 0 && current == '$') {
      at += 1
      n
    } else {
      at = start + 1
      -1
    }
  }
  private val flags: String = {
    val from = at
    while ("-#+ 0,(".contains(current)) at += 1
    pattern.substring(from, at)
  }
  private val width: Int = number()
  private val precision: Int =
    if (current == '.') {
      at += 1
      val n = number()
      if (n < 0) throw new java.util.UnknownFormatConversionException("Conversion = '.'")
      n
    } else -1
  val conversion: Char = current
  val end: Int = at + 1
  def text: String = pattern.substring(start, end)

  private def has(flag: Char): Boolean = flags.contains(flag)
  def padded(text: String): String =
    if (text.length >= width) text
    else if (has('-')) text + " " * (width - text.length)
    else " " * (width - text.length) + text

  def show(value: Any): String = {
    val shown = conversion match {
      case 's' | 'S' => shortened(AnyOps.text(value))
      case 'b' | 'B' =>
        shortened(value match {
          case b: Boolean => b.toString
          case other => if (AnyOps.isNull(other)) "false" else "true"
        })
      case 'h' | 'H' => shortened(if (AnyOps.isNull(value)) "null" else java.lang.Integer.toHexString(AnyOps.hashMethod(value)))
      case 'c' | 'C' => shortened(character(value))
      case 'd' => integer(value)
      case 'x' | 'X' | 'o' => digits(value)
      case 'f' | 'e' | 'E' | 'g' | 'G' => floating(value)
      case other => throw new java.util.UnknownFormatConversionException("Conversion = '" + other + "'")
    }
    padded(if (conversion.isUpper) shown.toUpperCase else shown)
  }
  private def shortened(text: String): String = if (precision < 0) text else text.take(precision)
  private def mismatch(value: Any): Nothing =
    throw new java.util.IllegalFormatConversionException(conversion.toString + " != " + javaClass(value))
  private def javaClass(value: Any): String = value match {
    case _: Int => "java.lang.Integer"
    case _: Long => "java.lang.Long"
    case _: Double => "java.lang.Double"
    case _: Float => "java.lang.Float"
    case _: Short => "java.lang.Short"
    case _: Byte => "java.lang.Byte"
    case _: Boolean => "java.lang.Boolean"
    case _: Char => "java.lang.Character"
    case _: String => "java.lang.String"
    case _: BigInt => "java.math.BigInteger"
    case other => AnyOps.className(other)
  }

  private def character(value: Any): String = value match {
    case c: Char => c.toString
    case i: Int => i.toChar.toString
    case i: Short => i.toChar.toString
    case i: Byte => i.toChar.toString
    case other => if (AnyOps.isNull(other)) "null" else mismatch(other)
  }
  private def integer(value: Any): String = value match {
    case _: Int | _: Long | _: Short | _: Byte | _: BigInt =>
      val all = AnyOps.text(value)
      val isNegative = all.startsWith("-")
      signed(grouped(if (isNegative) all.drop(1) else all), isNegative)
    case other => if (AnyOps.isNull(other)) "null" else mismatch(other)
  }
  private def digits(value: Any): String = {
    val bits = if (conversion == 'o') 3 else 4
    val prefix = if (!has('#')) "" else if (conversion == 'o') "0" else "0x"
    value match {
      case i: Int => zeros(prefix, StringTools.unsigned(i & 0xffffffffL, bits))
      case i: Long => zeros(prefix, StringTools.unsigned(i, bits))
      case i: Short => zeros(prefix, StringTools.unsigned(i & 0xffffL, bits))
      case i: Byte => zeros(prefix, StringTools.unsigned(i & 0xffL, bits))
      case i: BigInt => signed(prefix + i.abs.toString(1 << bits), i.signum < 0)
      case other => if (AnyOps.isNull(other)) "null" else mismatch(other)
    }
  }
  private def zeros(prefix: String, text: String): String =
    if (has('0')) prefix + "0" * (width - prefix.length - text.length) + text else prefix + text
  /** With a sign as the flags want it, and zeros up to the width. */
  private def signed(digits: String, isNegative: Boolean): String = {
    val before = if (isNegative) { if (has('(')) "(" else "-" } else if (has('+')) "+" else if (has(' ')) " " else ""
    val after = if (isNegative && has('(')) ")" else ""
    val fill = if (has('0')) "0" * (width - before.length - digits.length - after.length) else ""
    before + fill + digits + after
  }
  /** Commas between each three digits before the point. */
  private def grouped(digits: String): String =
    if (!has(',')) digits
    else {
      val point = digits.indexOf('.')
      val end = if (point < 0) digits.length else point
      val out = new StringBuilder()
      var i = 0
      while (i < end) {
        if (i > 0 && (end - i) % 3 == 0) out.append(',')
        out.append(digits.charAt(i))
        i += 1
      }
      out.append(digits.drop(end)).toString
    }

  private def floating(value: Any): String = value match {
    case d: Double => number(d, AnyOps.text(d))
    case f: Float => number(f.toDouble, AnyOps.text(f))
    case other => if (AnyOps.isNull(other)) "null" else mismatch(other)
  }
  private def number(value: Double, text: String): String =
    if (value != value) "NaN"
    else {
      val isNegative = text.startsWith("-")
      val magnitude = if (isNegative) text.drop(1) else text
      if (magnitude == "Infinity") {
        if (isNegative) { if (has('(')) "(Infinity)" else "-Infinity" } else if (has('+')) "+Infinity" else "Infinity"
      } else {
        val places = if (precision < 0) 6 else precision
        val decimal = Decimal.read(magnitude)
        val shown = conversion match {
          case 'f' => grouped(decimal.plain(places))
          case 'e' | 'E' => decimal.scientific(places)
          case _ => general(decimal, if (places == 0) 1 else places)
        }
        signed(if (has('#') && !shown.contains('.')) shown + "." else shown, isNegative)
      }
    }
  private def general(decimal: Decimal, places: Int): String = {
    val rounded = decimal.rounded(places - decimal.point)
    if (decimal.isZero) grouped(decimal.plain(places - 1))
    else if (rounded.point > -4 && rounded.point <= places) grouped(decimal.plain(places - rounded.point))
    else decimal.scientific(places - 1)
  }
}

/** The number `0.digits * 10^point`; there are no zeros in front unless it is zero. */
final class Decimal(digits: String, val point: Int) {
  def isZero: Boolean = digits.isEmpty
  /** With at most so many places behind the point, halves away from zero. */
  def rounded(places: Int): Decimal = {
    val kept = point + places
    if (kept >= digits.length) this
    else if (kept < 0) Decimal.zero
    else if (digits.charAt(kept) < '5') Decimal.of(digits.take(kept), point)
    else {
      var i = kept - 1
      while (i >= 0 && digits.charAt(i) == '9') i -= 1
      if (i < 0) new Decimal("1", point + 1)
      else new Decimal(digits.take(i) + (digits.charAt(i) + 1).toChar.toString, point)
    }
  }
  private def digit(i: Int): Char = if (i >= 0 && i < digits.length) digits.charAt(i) else '0'
  private def section(from: Int, until: Int): String = {
    val out = new StringBuilder()
    var i = from
    while (i < until) {
      out.append(digit(i))
      i += 1
    }
    out.toString
  }
  def plain(places: Int): String = {
    val r = rounded(places)
    val whole = if (r.point <= 0) "0" else r.section(0, r.point)
    if (places <= 0) whole else whole + "." + r.section(r.point, r.point + places)
  }
  def scientific(places: Int): String = {
    val r = rounded(places + 1 - point)
    val exponent = if (r.isZero) 0 else r.point - 1
    val size = exponent.abs.toString
    r.section(0, 1) + (if (places > 0) "." + r.section(1, 1 + places) else "") +
      (if (exponent < 0) "e-" else "e+") + (if (size.length < 2) "0" + size else size)
  }
}

object Decimal {
  val zero: Decimal = new Decimal("", 0)
  def of(digits: String, point: Int): Decimal = {
    var start = 0
    while (start < digits.length && digits.charAt(start) == '0') start += 1
    if (start == digits.length) zero else new Decimal(digits.drop(start), point - start)
  }
  /** From a text such as `1.5E-7`, without sign. */
  def read(text: String): Decimal = {
    val e = text.indexOf('E')
    val mantissa = if (e < 0) text else text.take(e)
    val exponent = if (e < 0) 0 else text.drop(e + 1).toInt
    val dot = mantissa.indexOf('.')
    of(mantissa.take(dot) + mantissa.drop(dot + 1), dot + exponent)
  }
}
