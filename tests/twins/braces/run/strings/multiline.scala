// Triple quotes have no escapes; stripMargin cuts up to the first bar.
@main def run(): Unit = {
  val text =
    """first \n line
      |second | "quoted"
      |  third""".stripMargin
  println(text)
  println(text.length)
  println(text.linesIterator.size)
  println("""a"b""")
  println("""\""".length)
  println("""x
y""".length)
  println("""|a
             |b""".stripMargin)
  println("""#a
             #b""".stripMargin('#'))
}
