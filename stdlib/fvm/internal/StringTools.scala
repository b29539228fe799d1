/** What the members of `String` need and the machine does not have. Linear in the text unless said otherwise. */
package fvm.internal

import scala.collection.{AbstractIterator, Iterator}
import scala.collection.mutable.{ArrayBuffer, StringBuilder}

object StringTools {
  def indexOfChar(text: String, unit: Char, from: Int): Int = {
    var i = if (from < 0) 0 else from
    val n = text.length
    while (i < n && text.charAt(i) != unit) i += 1
    if (i < n) i else -1
  }

  def lastIndexOfChar(text: String, unit: Char, from: Int): Int = {
    var i = if (from >= text.length) text.length - 1 else from
    while (i >= 0 && text.charAt(i) != unit) i -= 1
    i
  }

  def codePointAt(text: String, index: Int): Int = {
    val high = text.charAt(index)
    if (high.isHighSurrogate && index + 1 < text.length && text.charAt(index + 1).isLowSurrogate)
      ((high - 0xd800) << 10) + (text.charAt(index + 1) - 0xdc00) + 0x10000
    else high.toInt
  }

  /** Java's order without regard to case. */
  def compareIgnoringCase(a: String, b: String): Int = {
    val n = if (a.length < b.length) a.length else b.length
    var i = 0
    var result = 0
    while (i < n && result == 0) {
      val x = a.charAt(i).toUpper.toLower
      val y = b.charAt(i).toUpper.toLower
      result = x - y
      i += 1
    }
    if (result != 0) result else a.length - b.length
  }

  /** Every occurrence of `from` from the left; an empty one is found before every unit and at the end. */
  def replace(text: String, from: String, to: String): String = {
    val out = new StringBuilder()
    var done = 0
    var at = text.indexOf(from, 0)
    while (at >= 0 && at <= text.length) {
      out.append(text.substring(done, at)).append(to)
      if (from.isEmpty) {
        if (at < text.length) out.append(text.charAt(at))
        done = at + 1
        at = if (done > text.length) -1 else done
      } else {
        done = at + from.length
        at = text.indexOf(from, done)
      }
    }
    if (done < text.length) out.append(text.substring(done, text.length))
    out.toString
  }

  def trim(text: String): String = {
    var start = 0
    var end = text.length
    while (start < end && text.charAt(start) <= ' ') start += 1
    while (start < end && text.charAt(end - 1) <= ' ') end -= 1
    text.substring(start, end)
  }

  def strip(text: String, atStart: Boolean, atEnd: Boolean): String = {
    var start = 0
    var end = text.length
    while (atStart && start < end && text.charAt(start).isWhitespace) start += 1
    while (atEnd && start < end && text.charAt(end - 1).isWhitespace) end -= 1
    text.substring(start, end)
  }

  /** Cuts every line up to and including the first `margin` after blanks. */
  def stripMargin(text: String, margin: Char): String = {
    val out = new StringBuilder()
    val lines = new LineIterator(text, true)
    while (lines.hasNext) {
      val line = lines.next()
      var i = 0
      while (i < line.length && line.charAt(i) <= ' ') i += 1
      out.append(if (i < line.length && line.charAt(i) == margin) line.substring(i + 1, line.length) else line)
    }
    out.toString
  }

  def lines(text: String, withEnds: Boolean): Iterator[String] = new LineIterator(text, withEnds)

  /** Parts between occurrences of a literal separator. As in Java, `limit` 0 drops empty parts at the end, and an
    * empty separator gives the units one by one.
    */
  def split(text: String, separator: String, limit: Int): Array[String] = {
    val parts = new ArrayBuffer[String]()
    if (text.isEmpty) parts.addOne("")
    else if (separator.isEmpty) splitUnits(text, limit, parts)
    else {
      var done = 0
      var at = text.indexOf(separator, 0)
      while (at >= 0 && (limit <= 0 || parts.length < limit - 1)) {
        parts.addOne(text.substring(done, at))
        done = at + separator.length
        at = text.indexOf(separator, done)
      }
      parts.addOne(text.substring(done, text.length))
    }
    if (limit == 0 && text.nonEmpty) dropEmptyEnd(parts)
    parts.toArray[String]
  }

  private def splitUnits(text: String, limit: Int, parts: ArrayBuffer[String]): Unit = {
    var i = 0
    while (i < text.length && (limit <= 0 || parts.length < limit - 1)) {
      parts.addOne(text.substring(i, i + 1))
      i += 1
    }
    if (i < text.length || limit < 0 || limit > 0) parts.addOne(text.substring(i, text.length))
  }

  def splitAny(text: String, separators: Array[Char]): Array[String] = {
    val parts = new ArrayBuffer[String]()
    var start = 0
    var i = 0
    while (i < text.length) {
      if (separators.contains(text.charAt(i))) {
        parts.addOne(text.substring(start, i))
        start = i + 1
      }
      i += 1
    }
    parts.addOne(text.substring(start, text.length))
    if (text.nonEmpty) dropEmptyEnd(parts)
    parts.toArray[String]
  }

  /** Without the empty texts at the end. */
  def dropEmptyEnd(parts: ArrayBuffer[String]): Unit = {
    var n = parts.length
    while (n > 0 && parts(n - 1).isEmpty) n -= 1
    parts.dropRightInPlace(parts.length - n)
  }

  /** The units as a text. */
  def join(units: IterableOnce[Char]): String = {
    val out = new StringBuilder()
    val it = units.iterator
    while (it.hasNext) out.append(it.next())
    out.toString
  }

  def grouped(text: String, size: Int): Iterator[String] = {
    if (size < 1) throw new IllegalArgumentException("size=" + size + " and step=" + size + ", but both must be positive")
    new GroupIterator(text, size)
  }

  /** Digits of an unsigned number in the base 2^`bits`. */
  def unsigned(value: Long, bits: Int): String = {
    val units = new Array[Char](64)
    var at = 64
    var rest = value
    var isDone = false
    while (!isDone) {
      at -= 1
      units(at) = java.lang.Character.forDigit(rest.toInt & ((1 << bits) - 1), 16)
      rest = rest >>> bits
      isDone = rest == 0L
    }
    TextUnits.text(units, at, 64 - at)
  }

  /** Digits in any base up to 36, with a minus sign if needed. */
  def signed(value: Long, radix: Int): String = {
    val base = if (radix < 2 || radix > 36) 10L else radix.toLong
    val units = new Array[Char](65)
    var at = 65
    var rest = if (value < 0L) value else -value
    while (rest <= -base) {
      at -= 1
      units(at) = java.lang.Character.forDigit((-(rest % base)).toInt, 36)
      rest = rest / base
    }
    at -= 1
    units(at) = java.lang.Character.forDigit((-rest).toInt, 36)
    if (value < 0L) {
      at -= 1
      units(at) = '-'
    }
    TextUnits.text(units, at, 65 - at)
  }
}

/** Goes over the lines of a text. */
final class LineIterator(text: String, withEnds: Boolean) extends AbstractIterator[String] {
  private var at: Int = 0
  def hasNext: Boolean = at < text.length
  def next(): String = {
    if (at >= text.length) throw new java.util.NoSuchElementException("next on empty iterator")
    val start = at
    while (at < text.length && !isEnd(text.charAt(at))) at += 1
    val end = at
    if (at < text.length) {
      val isPair = text.charAt(at) == '\r' && at + 1 < text.length && text.charAt(at + 1) == '\n'
      at += (if (isPair) 2 else 1)
    }
    if (withEnds) text.substring(start, at) else text.substring(start, end)
  }
  private def isEnd(c: Char): Boolean = c == '\n' || c == '\r'
}

/** Goes over pieces of equal length. */
final class GroupIterator(text: String, size: Int) extends AbstractIterator[String] {
  private var at: Int = 0
  def hasNext: Boolean = at < text.length
  def next(): String = {
    if (at >= text.length) throw new java.util.NoSuchElementException("next on empty iterator")
    val part = text.slice(at, at + size)
    at += size
    part
  }
}
