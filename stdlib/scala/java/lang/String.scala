/** `String`: an immutable row of UTF-16 units, with the members of Java's class and of Scala's `StringOps`.
  * `length`, `charAt` and comparing lengths take constant time; everything else is linear in the units it looks at or
  * makes, unless said otherwise.
  */
package java.lang

import fvm.internal.{intrinsic, AnyOps, Collect, Fallback, Regex, StringTools, TextParsers}
import scala.{Any, Array, Boolean, Byte, Char, Double, Float, Int, Long, Nothing, Option, Short, Some, None, Unit}
import scala.collection.{IterableOnce, Iterator}
import scala.collection.immutable.{ArraySeq, IndexedSeq, List, Map, Range, Seq, Set, Stream, Vector, WrappedString}
import scala.collection.mutable.{Builder, StringBuilder}
import scala.math.{Numeric, Ordering}

/** A text. */
final class String {
  // ── what the machine does ──
  @intrinsic("string.length") def length: Int
  @intrinsic("string.char_at") def charAt(index: Int): Char
  @intrinsic("string.char_at") def apply(index: Int): Char
  @intrinsic("string.substring") def substring(begin: Int, end: Int): String
  @intrinsic("string.concat") def concat(that: String): String
  @intrinsic("string.compare") def compareTo(that: String): Int
  @intrinsic("string.compare") def compare(that: String): Int
  @intrinsic("string.to_upper") def toUpperCase: String
  @intrinsic("string.to_lower") def toLowerCase: String
  @intrinsic("string.index_of") private def find(text: String, from: Int): Int
  @intrinsic("string.last_index_of") private def findLast(text: String, from: Int): Int
  @intrinsic("string.eq") private def sameText(that: String): Boolean
  @intrinsic("any.primitive_hash") override def hashCode: Int

  override def toString: String = this
  override def equals(that: Any): Boolean = AnyOps.primitiveEqual(this, that)
  def +(that: Any): String = concat(AnyOps.text(that))
  def <(that: String): Boolean = compareTo(that) < 0
  def <=(that: String): Boolean = compareTo(that) <= 0
  def >(that: String): Boolean = compareTo(that) > 0
  def >=(that: String): Boolean = compareTo(that) >= 0

  // ── size and elements ──
  def size: Int = length
  def knownSize: Int = length
  def isEmpty: Boolean = length == 0
  def nonEmpty: Boolean = length != 0
  def lengthCompare(n: Int): Int = Integer.compare(length, n)
  def sizeCompare(n: Int): Int = Integer.compare(length, n)
  def lengthIs: Int = length
  def sizeIs: Int = length
  def indices: Range = Range(0, length)
  def isDefinedAt(index: Int): Boolean = index >= 0 && index < length
  def head: Char = if (isEmpty) throw new java.util.NoSuchElementException("head of empty String") else charAt(0)
  def headOption: Option[Char] = if (isEmpty) None else Some[Char](charAt(0))
  def last: Char = if (isEmpty) throw new java.util.NoSuchElementException("last of empty String") else charAt(length - 1)
  def lastOption: Option[Char] = if (isEmpty) None else Some[Char](charAt(length - 1))
  def lift: Int => Option[Char] = (i: Int) => if (isDefinedAt(i)) Some[Char](charAt(i)) else None
  def applyOrElse(index: Int, default: Int => Char): Char = if (isDefinedAt(index)) charAt(index) else default(index)
  /** The Unicode character that begins at `index`. */
  def codePointAt(index: Int): Int = StringTools.codePointAt(this, index)

  // ── parts: bounds are clamped, as in Scala ──
  def substring(begin: Int): String = substring(begin, length)
  def subSequence(begin: Int, end: Int): String = substring(begin, end)
  def slice(from: Int, until: Int): String = {
    val start = if (from < 0) 0 else from
    val end = if (until > length) length else until
    if (start >= end) "" else substring(start, end)
  }
  def take(n: Int): String = slice(0, n)
  def drop(n: Int): String = slice(n, length)
  def takeRight(n: Int): String = if (n <= 0) "" else drop(length - (if (n > length) length else n))
  def dropRight(n: Int): String = if (n <= 0) this else take(length - (if (n > length) length else n))
  def tail: String =
    if (isEmpty) throw new UnsupportedOperationException("tail of empty String") else substring(1, length)
  def init: String =
    if (isEmpty) throw new UnsupportedOperationException("init of empty String") else substring(0, length - 1)
  def takeWhile(p: Char => Boolean): String = take(prefixLength(p))
  def dropWhile(p: Char => Boolean): String = drop(prefixLength(p))
  def span(p: Char => Boolean): (String, String) = splitAt(prefixLength(p))
  def splitAt(n: Int): (String, String) = (take(n), drop(n))
  def segmentLength(p: Char => Boolean): Int = prefixLength(p)
  def segmentLength(p: Char => Boolean, from: Int): Int = drop(from).prefixLength(p)
  private def prefixLength(p: Char => Boolean): Int = {
    var i = 0
    while (i < length && p(charAt(i))) i += 1
    i
  }

  // ── searching ──
  def indexOf(text: String): Int = find(text, 0)
  def indexOf(text: String, from: Int): Int = find(text, from)
  def indexOf(unit: Char): Int = StringTools.indexOfChar(this, unit, 0)
  def indexOf(unit: Char, from: Int): Int = StringTools.indexOfChar(this, unit, from)
  def indexOf(unit: Int): Int = StringTools.indexOfChar(this, unit.toChar, 0)
  def lastIndexOf(text: String): Int = findLast(text, length)
  def lastIndexOf(text: String, from: Int): Int = findLast(text, from)
  def lastIndexOf(unit: Char): Int = StringTools.lastIndexOfChar(this, unit, length - 1)
  def lastIndexOf(unit: Char, from: Int): Int = StringTools.lastIndexOfChar(this, unit, from)
  def contains(text: String): Boolean = find(text, 0) >= 0
  def contains(unit: Char): Boolean = StringTools.indexOfChar(this, unit, 0) >= 0
  def contains[A >: Char](element: A): Boolean = asSeq.contains[A](element)
  def startsWith(prefix: String): Boolean = startsWith(prefix, 0)
  def startsWith(prefix: String, from: Int): Boolean =
    from >= 0 && from <= length - prefix.length && substring(from, from + prefix.length).sameText(prefix)
  def endsWith(suffix: String): Boolean = startsWith(suffix, length - suffix.length)
  def indexWhere(p: Char => Boolean): Int = indexWhere(p, 0)
  def indexWhere(p: Char => Boolean, from: Int): Int = {
    var i = if (from < 0) 0 else from
    while (i < length && !p(charAt(i))) i += 1
    if (i < length) i else -1
  }
  def lastIndexWhere(p: Char => Boolean): Int = {
    var i = length - 1
    while (i >= 0 && !p(charAt(i))) i -= 1
    i
  }
  def exists(p: Char => Boolean): Boolean = indexWhere(p, 0) >= 0
  def forall(p: Char => Boolean): Boolean = prefixLength(p) == length
  def find(p: Char => Boolean): Option[Char] = {
    val i = indexWhere(p, 0)
    if (i < 0) None else Some[Char](charAt(i))
  }
  def count(p: Char => Boolean): Int = {
    var n = 0
    var i = 0
    while (i < length) {
      if (p(charAt(i))) n += 1
      i += 1
    }
    n
  }
  def equalsIgnoreCase(that: String): Boolean = length == that.length && compareToIgnoreCase(that) == 0
  def compareToIgnoreCase(that: String): Int = StringTools.compareIgnoringCase(this, that)
  def indexOfSlice(that: String): Int = find(that, 0)
  def indexOfSlice(that: String, from: Int): Int = find(that, from)
  def lastIndexOfSlice(that: String): Int = findLast(that, length)
  def containsSlice(that: String): Boolean = find(that, 0) >= 0
  def sameElements(that: String): Boolean = sameText(that)
  def sameElements(that: IterableOnce[Char]): Boolean = iterator.sameElements(that)

  // ── changing ──
  def replace(from: Char, to: Char): String = map((c: Char) => if (c == from) to else c)
  def replace(from: String, to: String): String = StringTools.replace(this, from, to)
  def updated(index: Int, unit: Char): String = {
    if (index < 0 || index >= length) throw new StringIndexOutOfBoundsException("index " + index + ", length " + length)
    substring(0, index) + unit + substring(index + 1, length)
  }
  def patch(from: Int, other: String, replaced: Int): String = {
    val start = if (from < 0) 0 else if (from > length) length else from
    val gone = if (replaced < 0) 0 else replaced
    take(start) + other + (if (gone > length - start) "" else drop(start + gone))
  }
  def repeat(times: Int): String = {
    if (times < 0) throw new IllegalArgumentException("count is negative: " + times)
    this * times
  }
  def *(times: Int): String = {
    val out = new StringBuilder()
    var i = 0
    while (i < times) {
      out.append(this)
      i += 1
    }
    out.toString
  }
  /** Without the characters up to the blank at both ends. */
  def trim: String = StringTools.trim(this)
  /** Without white space at both ends. */
  def strip: String = StringTools.strip(this, true, true)
  def stripLeading: String = StringTools.strip(this, true, false)
  def stripTrailing: String = StringTools.strip(this, false, true)
  def isBlank: Boolean = forall((c: Char) => c.isWhitespace)
  def stripPrefix(prefix: String): String = if (startsWith(prefix)) drop(prefix.length) else this
  def stripSuffix(suffix: String): String = if (endsWith(suffix)) dropRight(suffix.length) else this
  def stripMargin: String = StringTools.stripMargin(this, '|')
  def stripMargin(margin: Char): String = StringTools.stripMargin(this, margin)
  def stripLineEnd: String =
    if (endsWith("\r\n")) dropRight(2) else if (endsWith("\n") || endsWith("\f") || endsWith("\r")) dropRight(1) else this
  def capitalize: String =
    if (isEmpty || !charAt(0).isLower) this else charAt(0).toUpper.toString + substring(1, length)
  def reverse: String = {
    val units = new Array[Char](length)
    var i = 0
    while (i < length) {
      units(length - 1 - i) = charAt(i)
      i += 1
    }
    String.fromUnits(units, 0, units.length)
  }
  def padTo(n: Int, unit: Char): String = if (n <= length) this else this + (unit.toString * (n - length))
  def ++(that: String): String = concat(that)
  def ++[B >: Char](that: IterableOnce[B]): IndexedSeq[B] = asSeq.++[B](that)
  def :+(unit: Char): String = this + unit
  def :+[B >: Char](element: B): IndexedSeq[B] = asSeq.:+[B](element)
  def +:(unit: Char): String = unit.toString + this
  def +:[B >: Char](element: B): IndexedSeq[B] = asSeq.+:[B](element)
  def :++(that: String): String = concat(that)
  def ++:(that: String): String = that.concat(this)
  def appended(unit: Char): String = this + unit
  def prepended(unit: Char): String = unit.toString + this
  def appendedAll(that: String): String = concat(that)
  def prependedAll(that: String): String = that.concat(this)
  def intern: String = this
  def linesIterator: Iterator[String] = StringTools.lines(this, false)
  def linesWithSeparators: Iterator[String] = StringTools.lines(this, true)
  /** Replaces named or numbered escapes such as `\n` by what they stand for. */
  def translateEscapes: String = scala.StringContext.processEscapes(this)

  /** This pattern with the values in the places of its formats: `%d`, `%5.2f`, `%-8s`, … */
  def format(values: Any*): String = fvm.internal.Formatter.format(this, values)

  // ── regular expressions: a subset, linear in time ──
  def split(separator: Char): Array[String] = StringTools.split(this, separator.toString, 0)
  def split(separators: Array[Char]): Array[String] = StringTools.splitAny(this, separators)
  def split(pattern: String): Array[String] = split(pattern, 0)
  def split(pattern: String, limit: Int): Array[String] =
    if (Regex.isLiteral(pattern)) StringTools.split(this, pattern, limit)
    else new Regex(pattern).split(this, limit)
  def matches(pattern: String): Boolean = new Regex(pattern).matches(this)
  def replaceAll(pattern: String, replacement: String): String = new Regex(pattern).replaceAll(this, replacement)
  def replaceFirst(pattern: String, replacement: String): String = new Regex(pattern).replaceFirst(this, replacement)

  // ── numbers ──
  def toInt: Int = TextParsers.int(this)
  def toLong: Long = TextParsers.long(this)
  def toShort: Short = TextParsers.short(this)
  def toByte: Byte = TextParsers.byte(this)
  @intrinsic("string.to_f64") def toDouble: Double
  def toFloat: Float = toDouble.toFloat
  def toBoolean: Boolean = TextParsers.boolean(this)
  def toIntOption: Option[Int] = TextParsers.intOption(this)
  def toLongOption: Option[Long] = TextParsers.longOption(this)
  def toShortOption: Option[Short] = TextParsers.shortOption(this)
  def toByteOption: Option[Byte] = TextParsers.byteOption(this)
  def toDoubleOption: Option[Double] = TextParsers.doubleOption(this)
  def toFloatOption: Option[Float] = toDoubleOption.map[Float]((x: Double) => x.toFloat)
  def toBooleanOption: Option[Boolean] = TextParsers.booleanOption(this)

  // ── as a collection of units ──
  def foreach[U](f: Char => U): Unit = {
    var i = 0
    while (i < length) {
      f(charAt(i))
      i += 1
    }
  }
  def map(f: Char => Char): String = {
    val units = new Array[Char](length)
    var i = 0
    while (i < length) {
      units(i) = f(charAt(i))
      i += 1
    }
    String.fromUnits(units, 0, units.length)
  }
  def map[B](f: Char => B): IndexedSeq[B] =
    Collect.map[Char, B, ArraySeq[B]](asSeq, f, ArraySeq.newBuilder[B])
  def flatMap(f: Char => String): String = {
    val out = new StringBuilder()
    foreach[Unit]((c: Char) => { out.append(f(c)); () })
    out.toString
  }
  def flatMap[B](f: Char => IterableOnce[B]): IndexedSeq[B] = asSeq.flatMap[B](f)
  def collect(f: PartialFunction[Char, Char]): String = {
    val out = new StringBuilder()
    foreach[Unit]((c: Char) => {
      val result = f.applyOrElse[Char, Any](c, Fallback.function)
      if (!Fallback.isMissing(result)) out.append(result.asInstanceOf[Char])
      ()
    })
    out.toString
  }
  def collect[B](f: PartialFunction[Char, B]): IndexedSeq[B] = asSeq.collect[B](f)
  def filter(p: Char => Boolean): String = {
    val out = new StringBuilder()
    var i = 0
    while (i < length) {
      val c = charAt(i)
      if (p(c)) out.append(c)
      i += 1
    }
    out.toString
  }
  def filterNot(p: Char => Boolean): String = filter((c: Char) => !p(c))
  def withFilter(p: Char => Boolean): scala.collection.StringWithFilter = new scala.collection.StringWithFilter(this, p)
  def partition(p: Char => Boolean): (String, String) = (filter(p), filterNot(p))
  def foldLeft[B](zero: B)(f: (B, Char) => B): B = {
    var result = zero
    var i = 0
    while (i < length) {
      result = f(result, charAt(i))
      i += 1
    }
    result
  }
  def foldRight[B](zero: B)(f: (Char, B) => B): B = {
    var result = zero
    var i = length - 1
    while (i >= 0) {
      result = f(charAt(i), result)
      i -= 1
    }
    result
  }
  def fold[B >: Char](zero: B)(f: (B, B) => B): B = foldLeft[B](zero)(f)
  def reduce[B >: Char](f: (B, B) => B): B = asSeq.reduce[B](f)
  def reduceRight[B >: Char](f: (Char, B) => B): B = asSeq.reduceRight[B](f)
  def reduceOption[B >: Char](f: (B, B) => B): Option[B] = asSeq.reduceOption[B](f)
  def reduceLeftOption[B >: Char](f: (B, Char) => B): Option[B] = asSeq.reduceLeftOption[B](f)
  def scanRight[B](zero: B)(f: (Char, B) => B): IndexedSeq[B] = asSeq.scanRight[B](zero)(f)
  def maxByOption[B](f: Char => B)(implicit ordering: Ordering[B]): Option[Char] = asSeq.maxByOption[B](f)
  def minByOption[B](f: Char => B)(implicit ordering: Ordering[B]): Option[Char] = asSeq.minByOption[B](f)
  def collectFirst[B](f: PartialFunction[Char, B]): Option[B] = asSeq.collectFirst[B](f)
  def partitionMap[A1, A2](f: Char => scala.util.Either[A1, A2]): (IndexedSeq[A1], IndexedSeq[A2]) = asSeq.partitionMap[A1, A2](f)
  def unzip[A1, A2](implicit ev: Char => (A1, A2)): (IndexedSeq[A1], IndexedSeq[A2]) =
    asSeq.map[(A1, A2)](ev).unzip[A1, A2]
  def lazyZip[B](that: scala.collection.Iterable[B]): scala.collection.LazyZip2[Char, B] = asSeq.lazyZip[B](that)
  def zipAll[A1 >: Char, B](that: scala.collection.Iterable[B], x: A1, y: B): IndexedSeq[(A1, B)] = asSeq.zipAll[A1, B](that, x, y)
  def reduceLeft[B >: Char](f: (B, Char) => B): B = asSeq.reduceLeft[B](f)
  def scanLeft[B](zero: B)(f: (B, Char) => B): IndexedSeq[B] = asSeq.scanLeft[B](zero)(f)
  def sum[B >: Char](implicit numeric: Numeric[B]): B = asSeq.sum[B]
  def product[B >: Char](implicit numeric: Numeric[B]): B = asSeq.product[B]
  def max[B >: Char](implicit ordering: Ordering[B]): Char = asSeq.max[B]
  def min[B >: Char](implicit ordering: Ordering[B]): Char = asSeq.min[B]
  def maxBy[B](f: Char => B)(implicit ordering: Ordering[B]): Char = asSeq.maxBy[B](f)
  def minBy[B](f: Char => B)(implicit ordering: Ordering[B]): Char = asSeq.minBy[B](f)
  def maxOption[B >: Char](implicit ordering: Ordering[B]): Option[Char] = asSeq.maxOption[B]
  def minOption[B >: Char](implicit ordering: Ordering[B]): Option[Char] = asSeq.minOption[B]
  def zip[B](that: IterableOnce[B]): IndexedSeq[(Char, B)] = asSeq.zip[B](that)
  def zip(that: String): IndexedSeq[(Char, Char)] = asSeq.zip[Char](that.asSeq)
  def zipWithIndex: IndexedSeq[(Char, Int)] = asSeq.zipWithIndex
  def sorted[B >: Char](implicit ordering: Ordering[B]): String = StringTools.join(asSeq.sorted[B])
  def sortBy[B](f: Char => B)(implicit ordering: Ordering[B]): String = StringTools.join(asSeq.sortBy[B](f))
  def sortWith(before: (Char, Char) => Boolean): String = StringTools.join(asSeq.sortWith(before))
  def distinct: String = StringTools.join(asSeq.distinct)
  def distinctBy[B](f: Char => B): String = StringTools.join(asSeq.distinctBy[B](f))
  def diff(that: String): String = StringTools.join(asSeq.diff[Char](that.asSeq))
  def diff[B >: Char](that: scala.collection.Seq[B]): String = StringTools.join(asSeq.diff[B](that))
  def intersect(that: String): String = StringTools.join(asSeq.intersect[Char](that.asSeq))
  def intersect[B >: Char](that: scala.collection.Seq[B]): String = StringTools.join(asSeq.intersect[B](that))
  def groupBy[K](f: Char => K): Map[K, String] =
    Collect.groupMap[Char, K, Char, String](asSeq, f, (c: Char) => c, () => new StringBuilder())
  def groupMap[K, B](key: Char => K)(f: Char => B): Map[K, IndexedSeq[B]] =
    Collect.groupMap[Char, K, B, IndexedSeq[B]](asSeq, key, f, () => Vector.newBuilder[B])
  def groupMapReduce[K, B](key: Char => K)(f: Char => B)(reduce: (B, B) => B): Map[K, B] =
    asSeq.groupMapReduce[K, B](key)(f)(reduce)
  def sliding(size: Int): Iterator[String] = sliding(size, 1)
  def sliding(size: Int, step: Int): Iterator[String] =
    asSeq.sliding(size, step).map[String]((part: IndexedSeq[Char]) => StringTools.join(part))
  def grouped(size: Int): Iterator[String] = StringTools.grouped(this, size)
  def tails: Iterator[String] = Iterator.iterateUntil[String](this, (s: String) => s.isEmpty, (s: String) => s.tail)
  def inits: Iterator[String] = Iterator.iterateUntil[String](this, (s: String) => s.isEmpty, (s: String) => s.init)
  def permutations: Iterator[String] = asSeq.permutations.map[String]((p: IndexedSeq[Char]) => StringTools.join(p))
  def combinations(n: Int): Iterator[String] =
    asSeq.combinations(n).map[String]((p: IndexedSeq[Char]) => StringTools.join(p))
  def corresponds[B](that: scala.collection.Seq[B])(p: (Char, B) => Boolean): Boolean = asSeq.corresponds[B](that)(p)
  def tapEach[U](f: Char => U): String = {
    foreach[U](f)
    this
  }

  def mkString: String = this
  def mkString(separator: String): String = asSeq.mkString(separator)
  def mkString(start: String, separator: String, end: String): String = asSeq.mkString(start, separator, end)
  def iterator: Iterator[Char] = asSeq.iterator
  def reverseIterator: Iterator[Char] = asSeq.reverseIterator
  def view: IndexedSeq[Char] = asSeq
  def toCharArray: Array[Char] = {
    val units = new Array[Char](length)
    copyUnits(units, 0)
    units
  }
  @intrinsic("string.copy_chars") private def copyUnits(units: Array[Char], at: Int): Unit
  def toArray[B >: Char](implicit tag: scala.reflect.ClassTag[B]): Array[B] = asSeq.toArray[B]
  def toList: List[Char] = asSeq.toList
  def toVector: Vector[Char] = asSeq.toVector
  def toStream: Stream[Char] = asSeq.toStream
  def toSeq: IndexedSeq[Char] = asSeq
  def toIndexedSeq: IndexedSeq[Char] = asSeq
  def toSet[B >: Char]: Set[B] = asSeq.toSet[B]
  def toBuffer[B >: Char]: scala.collection.mutable.Buffer[B] = asSeq.toBuffer[B]
  /** The UTF-16 units as numbers. */
  def chars: IndexedSeq[Int] = asSeq.map[Int]((c: Char) => c.toInt)
  private def asSeq: WrappedString = new WrappedString(this)
}

object String {
  @intrinsic("string.from_chars") def fromUnits(units: Array[Char], from: Int, count: Int): String

  // What `new String` makes.
  def make(): String = ""
  def make(original: String): String = original
  def make(units: Array[Char]): String = fromUnits(units, 0, units.length)
  def make(units: Array[Char], from: Int, count: Int): String = fromUnits(units, from, count)
  def make(builder: StringBuilder): String = builder.toString

  /** What a value prints as. */
  def valueOf(value: Any): String = value match {
    case units: Array[Char] => fromUnits(units, 0, units.length)
    case _ => AnyOps.text(value)
  }
  def valueOf(units: Array[Char]): String = fromUnits(units, 0, units.length)
  def apply(units: Array[Char]): String = fromUnits(units, 0, units.length)
  def apply(text: String): String = text
  def copyValueOf(units: Array[Char]): String = fromUnits(units, 0, units.length)
  def format(pattern: String, values: Any*): String = fvm.internal.Formatter.format(pattern, values)
  /** The texts with `separator` between them. */
  def join(separator: String, texts: String*): String = texts.mkString(separator)
}
