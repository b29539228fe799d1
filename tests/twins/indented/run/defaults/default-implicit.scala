object DefaultImplicit:
  def note(text: String): String = { println(text); text }
  def join(first: String)(second: String = first + "!")(implicit mark: String = second + "?"): String =
    first + second + mark
  def main(args: Array[String]): Unit =
    println(join(note("a"))())
    println(join(note("b"))(note("c")))
