// Cutting prefixes and suffixes.
object Main:
  def main(args: Array[String]): Unit =
    println("unhappy".stripPrefix("un"))
    println("happy".stripPrefix("un"))
    println("file.scala".stripSuffix(".scala"))
    println("file.scala".stripSuffix(".java"))
    println("a\nb\nc".linesIterator.toList)
    println("key=value".split("=").toList match {
      case List(k, v) => s"$k -> $v"
      case _ => "no"
    })
    println("a.b.c".split('.').last)
    println("abc".zip("xyz"))
    println("abc".zipWithIndex)
    println("mississippi".groupBy(identity).map((c, s) => (c, s.length)).toList.sorted)
