// Patterns on lists: cons, fixed length, rest, last.
@main def run(): Unit = {
  def describe(xs: List[Int]): String = xs match {
    case Nil                => "empty"
    case List(x)            => s"one: $x"
    case List(1, _*)        => "starts with 1"
    case a :: b :: Nil      => s"two: $a $b"
    case 9 :: rest          => s"9 then $rest"
    case a :: (b :: c :: _) => s"at least three: $a $b $c"
    case _                  => "never"
  }
  println(describe(Nil))
  println(describe(List(5)))
  println(describe(List(1, 2, 3)))
  println(describe(List(4, 5)))
  println(describe(List(9, 8, 7)))
  println(describe(List(3, 2, 1, 0)))
  val init :+ last = List(1, 2, 3): @unchecked
  println(s"$init $last")
  List(1, 2, 3) match {
    case List(a, rest*) => println(s"$a $rest ${rest.length}")
    case _              => println("empty")
  }
  List(List(1, 2), List(3)) match {
    case (a :: _) :: (b :: _) :: _ => println(a + b)
    case _                         => println("no")
  }
}
