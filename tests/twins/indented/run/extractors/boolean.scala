// unapply that gives a Boolean.
object Blank:
  def unapply(s: String): Boolean = s.trim.isEmpty
object Capital:
  def unapply(s: String): Boolean = s.nonEmpty && s.head.isUpper

object Main extends App:
  def kind(s: String): String = s match
    case Blank()         => "blank"
    case name @ Capital() => s"name $name"
    case word            => s"word $word"
  println(List("", "  ", "Ada", "and").map(kind))
