// Text of collections inside collections.
@main def run(): Unit = {
  println(List(List(1, 2), Nil, List(3)))
  println(Map("a" -> List(1), "b" -> Nil))
  println(Some(Some(None)))
  println(List(Some(1), None))
  println(Vector((1, 'a'), (2, 'b')))
  println(Set(Set(1), Set()))
  println((List(1), Map(1 -> 2), Set(3)))
  println(Right(Left(List("x"))))
  println(List("a b", "", "c"))
  println(List(()))
}
