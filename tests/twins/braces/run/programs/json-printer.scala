// A JSON tree: building, printing in two styles, queries and merging.
enum Json {
  case Null
  case Bool(b: Boolean)
  case Num(n: Long)
  case Str(s: String)
  case Arr(items: List[Json])
  case Obj(fields: List[(String, Json)])

  def compact: String = this match {
    case Null        => "null"
    case Bool(b)     => b.toString
    case Num(n)      => n.toString
    case Str(s)      => Json.quote(s)
    case Arr(items)  => items.map(_.compact).mkString("[", ",", "]")
    case Obj(fields) => fields.map((k, v) => s"${Json.quote(k)}:${v.compact}").mkString("{", ",", "}")
  }

  def pretty(indent: Int = 0): String = {
    val inner = " " * (indent + 2)
    val outer = " " * indent
    this match {
      case Arr(items) if items.nonEmpty =>
        items.map(i => inner + i.pretty(indent + 2)).mkString("[\n", ",\n", s"\n$outer]")
      case Obj(fields) if fields.nonEmpty =>
        fields.map((k, v) => s"$inner${Json.quote(k)}: ${v.pretty(indent + 2)}").mkString("{\n", ",\n", s"\n$outer}")
      case other => other.compact
    }
  }

  def apply(path: String): Option[Json] =
    path.split('.').toList.foldLeft(Option(this)) { (at, step) =>
      at.flatMap {
        case Obj(fields) => fields.find(_._1 == step).map(_._2)
        case Arr(items)  => step.toIntOption.flatMap(items.lift)
        case _           => None
      }
    }

  def merge(that: Json): Json = (this, that) match {
    case (Obj(a), Obj(b)) =>
      val updated = a.map((k, v) => b.find(_._1 == k) match {
        case Some((_, w)) => (k, v.merge(w))
        case None         => (k, v)
      }
      )
      Obj(updated ++ b.filterNot((k, _) => a.exists(_._1 == k)))
    case (Arr(a), Arr(b)) => Arr(a ++ b)
    case (_, other)       => other
  }

  def depth: Int = this match {
    case Arr(items)  => 1 + items.map(_.depth).maxOption.getOrElse(0)
    case Obj(fields) => 1 + fields.map(_._2.depth).maxOption.getOrElse(0)
    case _           => 0
  }
}

object Json {
  def obj(fields: (String, Json)*): Json = Obj(fields.toList)
  def arr(items: Json*): Json = Arr(items.toList)

  def quote(s: String): String = {
    val sb = new StringBuilder("\"")
    for c <- s do
      c match {
        case '"'           => sb.append("\\\"")
        case '\\'          => sb.append("\\\\")
        case '\n'          => sb.append("\\n")
        case '\t'          => sb.append("\\t")
        case c if c < ' '  => sb.append("\\u00").append(if c < 16 then "0" else "").append(c.toInt.toHexString)
        case c             => sb.append(c)
      }
    sb.append("\"").toString
  }
}

@main def run(): Unit = {
  import Json.*
  val doc = obj(
    "name" -> Str("Widget \"X\"\n"),
    "price" -> Num(1999),
    "tags" -> arr(Str("new"), Str("blue\\green"), Null),
    "stock" -> obj("berlin" -> Num(4), "oslo" -> Num(0)),
    "active" -> Bool(true),
    "none" -> arr(),
    "void" -> obj()
  )
  println(doc.compact)
  println(doc.pretty())
  println(doc("stock.berlin"))
  println(doc("tags.1").map(_.compact))
  println(doc("tags.9"))
  println(doc("name.first"))
  println(doc.depth)
  val patch = obj("price" -> Num(1499), "stock" -> obj("oslo" -> Num(7), "rome" -> Num(1)), "tags" -> arr(Str("sale")))
  println(doc.merge(patch).compact)
  println(quote("\u0001\t"))
}
