// Tuples, options and eithers compare by content.
@main def run(): Unit = {
  println((1, "a") == (1, "a"))
  println((1, "a") == (1, "b"))
  println(((1, 2), 3) == ((1, 2), 3))
  println(Some(1) == Some(1))
  val none: Option[Int] = None
  println(none == Some(1))
  println(none == None)
  val l: Either[String, Int] = Left("x")
  val r: Either[String, Int] = Right(1)
  println(l == Left("x"))
  println(l == r)
  println(() == ())
}
