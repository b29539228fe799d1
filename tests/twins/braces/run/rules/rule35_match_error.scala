// What no case of an open type takes is a MatchError with the value's text.

def show(value: => Any): Unit =
  try println(value)
  catch case e: MatchError => println(e.getMessage)

@main def run(): Unit = {
  show(5 match { case 1 => "one" })
  show((5: Any) match { case s: String => s })
  show("text" match { case "t" => 1 })
  show((null: String) match { case "t" => 1 })
  show((2.5: Any) match { case 1 => 1 })
  val f: PartialFunction[Int, String] = { case 1 => "one" }
  show(f(2))
}
