// A pattern `given T` binds a value that is given where the names of the pattern are seen.
def describe(value: Any): String = value match {
  case (given Int, text: String) => s"$text has ${summon[Int]}"
  case given String => s"text of ${summon[String].length}"
  case _ => "other"
}

@main def test(): Unit = {
  println(describe((3, "x")))
  println(describe("four"))
  println(describe(1.5))
  for given String <- List("a", "b") do println(summon[String] * 2)
  val flags =
    for {
      case given Boolean <- List[Any](true, 1, false)
      negated = !summon[Boolean]
      if negated
    }
    yield summon[Boolean]
  println(flags)
}
