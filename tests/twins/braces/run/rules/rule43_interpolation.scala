// Escapes in s but not in raw; $$ and $"; triple quotes; stripMargin.
@main def run(): Unit = {
  val x = 5
  val name_1 = "n"
  println(s"a\tb$x")
  println(raw"a\tb$x")
  println(s"$$x is $x")
  println(s"$"quoted$"")
  println(s"$name_1-$x.y ${x}y")
  println("""a\tb "c" """ + "|")
  println(s"""multi "$x"
line""")
  println("""|a
             |  b
             c
             ||d""".stripMargin)
  println("""#a
            #b""".stripMargin('#'))
  println(s"${s"${x + 1}"}")
  println(s"${ { val y = x; y * 2 } }")
  println(s"${if x > 3 then s"big $x" else "small"}")
  println("\u0041\u00e9")
  println("""\u0041""")
  println("a\\b\'\"")
}
