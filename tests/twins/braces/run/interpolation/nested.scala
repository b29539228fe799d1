// Strings inside interpolated expressions.
@main def run(): Unit = {
  val xs = List(1, 2, 3)
  println(s"sum ${xs.map(x => s"<$x>").mkString(",")}")
  println(s"${s"${s"deep"}"}")
  println(s"map ${xs.map { x => x * 2 }}")
  println(s"${xs match { case h :: _ => s"head $h"; case Nil => "empty" }}")
  println(s"pair ${(1, "a")} option ${Some("x")}")
  println(s"""triple "$xs" done""")
  println(s"""${xs.size}
             |lines""".stripMargin)
}
