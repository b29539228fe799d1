/** What Scala adds to strings, where Java has a member of the same name and another meaning. */
package scala.collection

final class StringOps(val text: String) {
  /** The lines without their ends. */
  def lines: Iterator[String] = text.linesIterator
  override def toString: String = text
}

object StringOps {
  implicit def toText(ops: StringOps): String = ops.text
}
