// Classes whose names are operators are written out in messages; a lazy zip shows its sides.
final case class +-(n: Int)

@main def names() = {
  def failed(value: Any): Unit =
    try
      value match {
        case s: String => println(s)
      }
    catch case error: MatchError => println(error.getMessage)
  failed(List(1))
  failed(Nil)
  failed(+-(2))
  println(List(1, 2).lazyZip(List("a", "b")))
  println(Vector(1).lazyZip(List(2)).map(_ + _))
}
