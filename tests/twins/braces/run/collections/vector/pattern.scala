// Patterns on vectors and sequences.
@main def run(): Unit = {
  def describe(xs: Seq[Int]): String = xs match {
    case Seq()            => "empty"
    case Seq(x)           => s"one $x"
    case Seq(x, y)        => s"two $x $y"
    case first +: rest    => s"first $first, ${rest.size} more"
    case _                => "never"
  }
  println(describe(Vector()))
  println(describe(Vector(1)))
  println(describe(List(1, 2)))
  println(describe(Vector(1, 2, 3)))
  Vector(1, 2, 3) match {
    case init :+ last => println(s"$init then $last")
    case _            => println("empty")
  }
  Vector("a", "b", "c") match {
    case Vector(a, rest*) => println(s"$a and $rest")
    case _                => println("empty")
  }
}
