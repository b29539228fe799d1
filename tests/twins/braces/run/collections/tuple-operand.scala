// A tuple in parentheses of its own is one argument of an operator with several overloads.
@main def test(): Unit = {
  val pairs = Set[(String, Long)](("a", 1L))
  println(pairs + (("b", 2L)))
  println((pairs - (("a", 1L))).size)
  println(List((1, 2)) :+ ((3, 4)))
  println(Map(1 -> 2) + ((3, 4)))
  val both = ((1, "x"))
  println(both)
  println(((((1, 2)))))
}
