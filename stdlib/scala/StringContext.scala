/** What string interpolation needs besides joining texts. */
package scala

import scala.collection.mutable.StringBuilder

/** The literal parts of an interpolated string. */
final case class StringContext(parts: String*) {
  def s(args: Any*): String = StringContext.join(parts, args, true)
  def raw(args: Any*): String = StringContext.join(parts, args, false)
}

object StringContext {
  private def join(parts: Seq[String], args: Seq[Any], hasEscapes: Boolean): String = {
    val out = new StringBuilder()
    var i = 0
    while (i < parts.length) {
      out.append(if (hasEscapes) processEscapes(parts(i)) else parts(i))
      if (i < args.length) out.append(fvm.internal.AnyOps.text(args(i)))
      i += 1
    }
    out.toString
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
