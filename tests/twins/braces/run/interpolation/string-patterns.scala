// An interpolated string as a pattern takes the shortest match from the left.
@main def run(): Unit = {
  def date(text: String): String = text match {
    case s"$year-$month-$day" => s"$day.$month.$year"
    case s"$single"           => s"no date: $single"
  }
  println(date("2024-02-29"))
  println(date("today"))
  println(date("a-b-c-d"))
  "key=value=more" match {
    case s"$k=$v" => println(k + " | " + v)
    case _        => println("none")
  }
  "GET /index" match {
    case s"GET $path"  => println(path)
    case s"POST $path" => println("post " + path)
    case _             => println("other")
  }
  val s"<$tag>" = "<b>": @unchecked
  println(tag)
}
