// `|` and `@` in patterns.
enum Token {
  case Num(n: Int)
  case Op(c: Char)
  case End
}

@main def run(): Unit = {
  import Token.*
  def show(t: Token): String = t match {
    case Op('+' | '-')        => "additive"
    case op @ Op(_)           => s"operator $op"
    case n @ Num(0 | 1)       => s"bit $n"
    case Num(n)               => s"number $n"
    case End                  => "end"
  }
  println(List(Op('+'), Op('*'), Num(1), Num(7), End).map(show))
  val all @ (first, second) = (1, 2)
  println(s"$all $first $second")
  List(1, 2, 3) match {
    case whole @ (x :: (rest @ _ :: _)) => println(s"$whole $x $rest")
    case _                              => println("short")
  }
}
