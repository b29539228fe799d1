/** What string interpolation needs besides joining texts. */
package scala

import scala.collection.mutable.StringBuilder

/** The literal parts of an interpolated string. */
final case class StringContext(parts: String*) {
  def s: TextInterpolator = new TextInterpolator(parts)
  def f(args: Any*): String = fvm.internal.Formatter.interpolated(parts, args)
  def raw(args: Any*): String = StringContext.join(parts, args, false)
}

/** `s"…"`, in expressions and in patterns. */
final class TextInterpolator(parts: Seq[String]) {
  def apply(args: Any*): String = StringContext.join(parts, args, true)
  /** What stands between the literal parts: each takes as little as possible, from the left. Linear in the text for
    * each part.
    */
  def unapplySeq(text: String): Option[Seq[String]] = {
    val literals = parts.map[String]((part: String) => StringContext.processEscapes(part))
    val first = literals.head
    if (literals.length == 1) { if (text == first) Some[Seq[String]](Nil) else None }
    else {
      val last = literals.last
      val found = new scala.collection.mutable.ListBuffer[String]()
      val end = text.length - last.length
      var at = first.length
      var matches = text.startsWith(first) && at <= end && text.endsWith(last)
      var i = 1
      while (matches && i < literals.length - 1) {
        val next = text.indexOf(literals(i), at)
        if (next < 0 || next + literals(i).length > end) matches = false
        else {
          found.addOne(text.substring(at, next))
          at = next + literals(i).length
        }
        i += 1
      }
      if (matches) {
        found.addOne(text.substring(at, end))
        Some[Seq[String]](found.toList)
      } else None
    }
  }
}

object StringContext {
  private[scala] def join(parts: Seq[String], args: Seq[Any], hasEscapes: Boolean): String = {
    if (args.length + 1 != parts.length)
      throw new IllegalArgumentException(
        "wrong number of arguments (" + args.length + ") for interpolated string with " + parts.length + " parts"
      )
    val out = new StringBuilder()
    var i = 0
    while (i < parts.length) {
      out.append(if (hasEscapes) processEscapes(parts(i)) else parts(i))
      if (i < args.length) out.append(fvm.internal.AnyOps.text(args(i)))
      i += 1
    }
    out.toString
  }

  /** The texts between the parts, if `text` is made of the parts with anything between them: the shortest match from
    * the left, in linear time per part. `s"$a-$b"` as a pattern calls it.
    */
  def glob(parts: Seq[String], text: String): Option[Seq[String]] = {
    val last = parts.length - 1
    val first = parts(0)
    val end = parts(last)
    if (last == 0) { if (text == first) Some[Seq[String]](Nil) else None }
    else if (!text.startsWith(first) || !text.endsWith(end) || text.length < first.length + end.length) None
    else {
      val limit = text.length - end.length
      var found: List[String] = Nil
      var from = first.length
      var i = 1
      while (i < last && from >= 0) {
        val at = text.indexOf(parts(i), from)
        if (at < 0 || at + parts(i).length > limit) from = -1
        else {
          found = text.substring(from, at) :: found
          from = at + parts(i).length
        }
        i += 1
      }
      if (from < 0) None else Some[Seq[String]]((text.substring(from, limit) :: found).reverse)
    }
  }

  /** Escapes such as `\n` as what they stand for; linear. */
  def processEscapes(text: String): String = {
    val out = new StringBuilder()
    var i = 0
    while (i < text.length) {
      val c = text.charAt(i)
      if (c == '\\' && i + 1 < text.length) {
        val next = text.charAt(i + 1)
        if (next == 'u' && i + 5 < text.length) {
          out.append(java.lang.Integer.parseInt(text.substring(i + 2, i + 6), 16).toChar)
          i += 6
        } else {
          out.append(escaped(next))
          i += 2
        }
      } else {
        out.append(c)
        i += 1
      }
    }
    out.toString
  }

  private def escaped(c: Char): Char = c match {
    case 'n' => '\n'
    case 't' => '\t'
    case 'r' => '\r'
    case 'b' => '\b'
    case 'f' => '\f'
    case other => other
  }
}
