// `runtimeChecked` says that a pattern may fail when the program runs.
@main def main(): Unit =
  val xs: List[Int] = List(1, 2, 3)
  val first :: rest = xs.runtimeChecked
  println(first + rest.length)
  val second = xs.runtimeChecked match
    case _ :: second :: _ => second
  println(second)
  try
    val List(one) = xs.runtimeChecked
    println(one)
  catch case e: MatchError => println("no match")
