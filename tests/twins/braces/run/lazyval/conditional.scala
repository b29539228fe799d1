// A lazy val in a branch that is not taken is never computed.
@main def run(): Unit = {
  def choose(flag: Boolean): Int = {
    lazy val expensive = { print("expensive "); 100 }
    lazy val cheap = { print("cheap "); 1 }
    if flag then expensive + expensive else cheap
  }
  println(choose(true))
  println(choose(false))
  var base = 5
  lazy val late = base * 2
  base = 50
  println(late)
  base = 0
  println(late)
}
