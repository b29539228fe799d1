// Clauses from the top; guards after patterns; lower case binds, upper case and backquotes compare.
val Limit = 10
object Const {
  val small = 1
}

def kind(a: Any, same: Int): String = {
  def guard(name: String, b: Boolean): Boolean = {
    print(s"[$name]")
    b
  }
  a match {
    case n: Int if guard("big", n > 100) => "big"
    case Limit => "limit"
    case Const.small => "small"
    case `same` => "same"
    case 'c' => "char"
    case 1L => "never after small"
    case "s" => "text"
    case other if guard("other", other == 7) => "seven"
    case Limit2 @ (_: Int) => s"int $Limit2"
    case x => s"any $x"
  }
}

@main def run(): Unit = {
  for a <- List[Any](101, 10, 1, 5, 'c', 99, 1L, 1.0, 10L, "s", "t", 7, 7L, 8, null) do println(kind(a, 5))
  val x = 1
  println(2 match { case x => x })
  println((1L: Any) match { case 1 => "one"; case _ => "other" })
}
