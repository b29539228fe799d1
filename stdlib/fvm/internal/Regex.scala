/** Regular expressions of the usual kind, without groups that are referred to: literals, `.`, classes, `|`, `*`, `+`, `?`,
  * `{m,n}`, groups, `^`, `$`, `\b` and the escapes `\d \w \s`. The pattern becomes a small program of which all threads run
  * side by side, so matching takes time proportional to pattern times text, whatever the pattern.
  */
package fvm.internal

import scala.collection.mutable.{ArrayBuffer, StringBuilder}

/** An instruction: a test of one unit, a jump, a split, an assertion, or the end. */
final class RegexStep(val kind: Int, val test: Char => Boolean, var first: Int, var second: Int)

/** The place behind the last match. */
final class RegexMatch(val start: Int, val end: Int)

final class Regex(pattern: String) {
  private val steps: ArrayBuffer[RegexStep] = new ArrayBuffer[RegexStep]()
  private var at: Int = 0
  compileAlternatives()
  if (at < pattern.length) unsupported("unmatched `)`")
  emit(Regex.accept, null)

  private def unsupported(what: String): Nothing =
    throw new IllegalArgumentException("regular expression `" + pattern + "`: " + what)
  private def emit(kind: Int, test: Char => Boolean): Int = {
    steps.addOne(new RegexStep(kind, test, steps.length + 1, -1))
    steps.length - 1
  }
  private def more: Boolean = at < pattern.length
  private def peek: Char = pattern.charAt(at)

  // ── compiling: each method leaves code that falls through to the next step ──
  private def compileAlternatives(): Unit = {
    val start = steps.length
    compileSequence()
    if (more && peek == '|') {
      at += 1
      insertSplit(start)
      val jump = emit(Regex.jump, null)
      steps(start).second = steps.length
      compileAlternatives()
      steps(jump).first = steps.length
    }
  }
  private def compileSequence(): Unit = while (more && peek != '|' && peek != ')') compileRepeated()

  /** Moves the code from `start` on by one and puts a split there. */
  private def insertSplit(start: Int): Unit = {
    val moved = new ArrayBuffer[RegexStep]()
    while (steps.length > start) moved.addOne(steps.remove(steps.length - 1))
    steps.addOne(new RegexStep(Regex.split, null, start + 1, -1))
    var i = moved.length - 1
    while (i >= 0) {
      val step = moved(i)
      steps.addOne(new RegexStep(step.kind, step.test, step.first + 1, if (step.second < 0) -1 else step.second + 1))
      i -= 1
    }
  }
  private def compileRepeated(): Unit = {
    val atomAt = at
    val start = steps.length
    compileAtom()
    val afterAtom = at
    var isDone = false
    while (!isDone && more) {
      if (peek == '*') {
        at += 1
        repeatAny(start)
      } else if (peek == '+') {
        at += 1
        val split = emit(Regex.split, null)
        steps(split).first = if (isLazy()) split + 1 else start
        steps(split).second = if (steps(split).first == start) split + 1 else start
      } else if (peek == '?') {
        at += 1
        insertSplit(start)
        finishSplit(start, start + 1, steps.length)
      } else if (peek == '{') {
        compileCount(atomAt, afterAtom, start)
      } else isDone = true
    }
  }
  private def isLazy(): Boolean =
    if (more && peek == '?') {
      at += 1
      true
    } else false
  private def finishSplit(split: Int, preferred: Int, other: Int): Unit = {
    val isReversed = isLazy()
    steps(split).first = if (isReversed) other else preferred
    steps(split).second = if (isReversed) preferred else other
  }
  private def repeatAny(start: Int): Unit = {
    insertSplit(start)
    val jump = emit(Regex.jump, null)
    steps(jump).first = start
    finishSplit(start, start + 1, steps.length)
  }
  /** `{m}`, `{m,}` and `{m,n}`: the atom is compiled again and again. */
  private def compileCount(atomAt: Int, afterAtom: Int, start: Int): Unit = {
    val close = pattern.indexOf("}", at)
    if (close < 0) unsupported("`{` without `}`")
    val comma = pattern.substring(at, close).indexOf(",")
    val low = (if (comma < 0) pattern.substring(at + 1, close) else pattern.substring(at + 1, at + comma)).toInt
    val isOpen = comma >= 0 && at + comma + 1 == close
    val high = if (comma < 0) low else if (isOpen) low else pattern.substring(at + comma + 1, close).toInt
    if (high < low || high > 1000) unsupported("a count out of range")
    val end = close + 1
    steps.dropRightInPlace(steps.length - start)
    var i = 0
    while (i < low) {
      at = atomAt
      compileAtom()
      i += 1
    }
    if (isOpen) {
      val again = steps.length
      at = atomAt
      compileAtom()
      at = afterAtom
      insertSplit(again)
      val jump = emit(Regex.jump, null)
      steps(jump).first = again
      steps(again).first = again + 1
      steps(again).second = steps.length
    }
    val splits = new ArrayBuffer[Int]()
    while (i < high) {
      splits.addOne(emit(Regex.split, null))
      at = atomAt
      compileAtom()
      i += 1
    }
    splits.foreach[Unit]((split: Int) => steps(split).second = steps.length)
    at = end
  }
  private def compileAtom(): Unit = {
    val c = peek
    at += 1
    if (c == '(') {
      if (more && peek == '?') {
        if (at + 1 < pattern.length && pattern.charAt(at + 1) == ':') at += 2
        else unsupported("only `(?:` is known")
      }
      compileAlternatives()
      if (!more || peek != ')') unsupported("`(` without `)`")
      at += 1
    } else if (c == '[') emit(Regex.unit, compileClass())
    else if (c == '.') emit(Regex.unit, (x: Char) => x != '\n' && x != '\r')
    else if (c == '^') emit(Regex.atStart, null)
    else if (c == '$') emit(Regex.atEnd, null)
    else if (c == '\\') compileEscape()
    else if (c == '*' || c == '+' || c == '?') unsupported("nothing to repeat")
    else emit(Regex.unit, (x: Char) => x == c)
    ()
  }
  private def compileEscape(): Unit = {
    if (!more) unsupported("`\\` at the end")
    val c = peek
    at += 1
    if (c == 'b') emit(Regex.boundary, null)
    else if (c == 'B') emit(Regex.noBoundary, null)
    else if (c == 'z') emit(Regex.atVeryEnd, null)
    else emit(Regex.unit, escaped(c))
    ()
  }
  private def escaped(c: Char): Char => Boolean = c match {
    case 'd' => (x: Char) => x >= '0' && x <= '9'
    case 'D' => (x: Char) => x < '0' || x > '9'
    case 'w' => (x: Char) => Regex.isWord(x)
    case 'W' => (x: Char) => !Regex.isWord(x)
    case 's' => (x: Char) => x == ' ' || x >= '\t' && x <= '\r'
    case 'S' => (x: Char) => !(x == ' ' || x >= '\t' && x <= '\r')
    case 'n' => (x: Char) => x == '\n'
    case 't' => (x: Char) => x == '\t'
    case 'r' => (x: Char) => x == '\r'
    case 'f' => (x: Char) => x == '\f'
    case 'p' => property(true)
    case 'P' => property(false)
    case _ => if (c.isLetterOrDigit) unsupported("`\\" + c + "` is not known") else (x: Char) => x == c
  }
  private def property(wanted: Boolean): Char => Boolean = {
    val close = pattern.indexOf("}", at)
    if (!more || peek != '{' || close < 0) unsupported("`\\p` needs `{…}`")
    val name = pattern.substring(at + 1, close)
    at = close + 1
    val test: Char => Boolean = name match {
      case "Punct" => (x: Char) => x > ' ' && x < '\u007f' && !x.isLetterOrDigit
      case "Alpha" => (x: Char) => x < '\u0080' && x.isLetter
      case "Digit" => (x: Char) => x >= '0' && x <= '9'
      case "Alnum" => (x: Char) => x < '\u0080' && x.isLetterOrDigit
      case "Upper" => (x: Char) => x >= 'A' && x <= 'Z'
      case "Lower" => (x: Char) => x >= 'a' && x <= 'z'
      case "Space" => (x: Char) => x == ' ' || x >= '\t' && x <= '\r'
      case "L" => (x: Char) => x.isLetter
      case "Lu" => (x: Char) => x.isUpper
      case "Ll" => (x: Char) => x.isLower
      case "N" => (x: Char) => x.isDigit
      case _ => unsupported("`\\p{" + name + "}` is not known")
    }
    (x: Char) => test(x) == wanted
  }
  private def compileClass(): Char => Boolean = {
    val isNegated = more && peek == '^'
    if (isNegated) at += 1
    val tests = new ArrayBuffer[Char => Boolean]()
    var isFirst = true
    while (!more || peek != ']' || isFirst) {
      if (!more) unsupported("`[` without `]`")
      tests.addOne(classItem())
      isFirst = false
    }
    at += 1
    (x: Char) => tests.exists((test: Char => Boolean) => test(x)) != isNegated
  }
  private def classItem(): Char => Boolean = {
    val c = peek
    at += 1
    if (c == '[') compileClass()
    else if (c == '&' && more && peek == '&') unsupported("`&&` in a class")
    else if (c == '\\' && more && (peek.isLetter)) {
      at += 1
      escaped(pattern.charAt(at - 1))
    } else {
      val low = if (c == '\\') literal() else c
      if (at + 1 < pattern.length && peek == '-' && pattern.charAt(at + 1) != ']') {
        at += 1
        val high = if (peek == '\\') {
          at += 1
          literal()
        } else literal()
        (x: Char) => x >= low && x <= high
      } else (x: Char) => x == low
    }
  }
  private def literal(): Char = {
    if (!more) unsupported("a class is not finished")
    at += 1
    pattern.charAt(at - 1)
  }

  // ── running: all threads in order of preference ──
  /** The preferred match that begins at `start`, as its end, or -1. */
  private def endOfMatch(text: String, start: Int): Int = {
    var threads = new ArrayBuffer[Int]()
    val seen = new Array[Int](steps.length)
    var result = -1
    var i = start
    follow(0, text, i, threads, seen, i - start + 1)
    while (threads.nonEmpty) {
      val next = new ArrayBuffer[Int]()
      var isCut = false
      var t = 0
      while (t < threads.length && !isCut) {
        val step = steps(threads(t))
        if (step.kind == Regex.accept) {
          result = i
          isCut = true
        } else if (i < text.length && step.test(text.charAt(i))) follow(step.first, text, i + 1, next, seen, i - start + 2)
        t += 1
      }
      threads = next
      i += 1
    }
    result
  }

  /** Adds the tests that a thread at `from` comes to, each once per position (`mark`). */
  private def follow(from: Int, text: String, i: Int, threads: ArrayBuffer[Int], seen: Array[Int], mark: Int): Unit = {
    val waiting = new ArrayBuffer[Int]()
    waiting.addOne(from)
    while (waiting.nonEmpty) {
      val number = waiting.remove(waiting.length - 1)
      if (seen(number) != mark) {
        seen(number) = mark
        val step = steps(number)
        if (step.kind == Regex.unit || step.kind == Regex.accept) threads.addOne(number)
        else if (step.kind == Regex.split) {
          waiting.addOne(step.second)
          waiting.addOne(step.first)
        } else if (step.kind == Regex.jump || holds(step.kind, text, i)) waiting.addOne(step.first)
      }
    }
  }
  private def holds(kind: Int, text: String, i: Int): Boolean =
    if (kind == Regex.atStart) i == 0
    else if (kind == Regex.atVeryEnd) i == text.length
    else if (kind == Regex.atEnd) i == text.length || i == text.length - 1 && text.charAt(i) == '\n'
    else {
      val before = i > 0 && Regex.isWord(text.charAt(i - 1))
      val after = i < text.length && Regex.isWord(text.charAt(i))
      (before != after) == (kind == Regex.boundary)
    }

  /** The first match from `from` on; null if there is none. */
  def find(text: String, from: Int): RegexMatch = {
    var start = from
    var result: RegexMatch = null
    while (AnyOps.isNull(result) && start <= text.length) {
      val end = endOfMatch(text, start)
      if (end >= 0) result = new RegexMatch(start, end)
      start += 1
    }
    result
  }
  /** Whether the pattern takes the whole text. */
  def matches(text: String): Boolean = {
    // The longest alternative may not be the preferred one, so the end is demanded by the pattern.
    new Regex("(?:" + pattern + ")\\z").endsAt(text)
  }
  private def endsAt(text: String): Boolean = endOfMatch(text, 0) == text.length

  /** All matches from the left, without overlap. */
  def findAll(text: String): ArrayBuffer[RegexMatch] = {
    val result = new ArrayBuffer[RegexMatch]()
    var found = find(text, 0)
    while (!AnyOps.isNull(found)) {
      result.addOne(found)
      found = find(text, if (found.end == found.start) found.end + 1 else found.end)
    }
    result
  }
  def replaceAll(text: String, replacement: String): String = replace(text, replacement, Int.MaxValue)
  def replaceFirst(text: String, replacement: String): String = replace(text, replacement, 1)
  private def replace(text: String, replacement: String, limit: Int): String = {
    val out = new StringBuilder()
    var done = 0
    var n = 0
    findAll(text).foreach[Unit]((found: RegexMatch) =>
      if (n < limit) {
        out.append(text.substring(done, found.start))
        out.append(expand(replacement, text.substring(found.start, found.end)))
        done = found.end
        n += 1
      }
    )
    out.append(text.substring(done, text.length)).toString
  }
  /** `$0` is the match; `\` takes the next unit as it is. */
  private def expand(replacement: String, found: String): String = {
    val out = new StringBuilder()
    var i = 0
    while (i < replacement.length) {
      val c = replacement.charAt(i)
      if (c == '\\' && i + 1 < replacement.length) {
        out.append(replacement.charAt(i + 1))
        i += 1
      } else if (c == '$') {
        if (i + 1 >= replacement.length || replacement.charAt(i + 1) != '0') unsupported("only `$0` is known in a replacement")
        out.append(found)
        i += 1
      } else out.append(c)
      i += 1
    }
    out.toString
  }
  def split(text: String, limit: Int): Array[String] = {
    val parts = new ArrayBuffer[String]()
    var done = 0
    val matches = findAll(text)
    var m = 0
    while (m < matches.length && (limit <= 0 || parts.length < limit - 1)) {
      val found = matches(m)
      val isEmptyAtStart = found.end == 0
      if (!isEmptyAtStart) {
        parts.addOne(text.substring(done, found.start))
        done = found.end
      }
      m += 1
    }
    parts.addOne(text.substring(done, text.length))
    if (limit == 0 && parts.length > 1) StringTools.dropEmptyEnd(parts)
    parts.toArray[String]
  }
}

object Regex {
  final val unit: Int = 0
  final val jump: Int = 1
  final val split: Int = 2
  final val accept: Int = 3
  final val atStart: Int = 4
  final val atEnd: Int = 5
  final val boundary: Int = 6
  final val noBoundary: Int = 7
  final val atVeryEnd: Int = 8

  def isWord(c: Char): Boolean =
    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'

  /** Whether a pattern stands for itself. */
  def isLiteral(pattern: String): Boolean = !pattern.exists((c: Char) => ".$|()[{^?*+\\".contains(c))
}
