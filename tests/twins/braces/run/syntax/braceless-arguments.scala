// A colon at the end of a line begins an argument.
@main def run(): Unit = {
  val xs = List(1, 2, 3, 4)
  val big = xs.filter: x =>
    x > 2
  println(big)
  val text = xs.map: x =>
    val square = x * x
    s"$x:$square"
  .mkString(" ")
  println(text)
  def twice(body: => Unit): Unit = {
    body
    body
  }
  twice {
    print("again ")
    print("and ")
  }
  println()
  val folded = xs.foldLeft(0): (sum, x) =>
    sum + x
  println(folded)
  val cases = xs.map {
    case 1 => "one"
    case n => s"n$n"
  }
  println(cases)
  xs.foreach: x =>
    if x % 2 == 0 then
      print(x)
  println()
}
