// Text of case classes, tuples, collections, options, unit and ranges.
case class P2(n: Int, s: String)
case object Only
enum E {
  case A
  case B(n: Int)
}
case class Nothing0()

@main def run(): Unit = {
  println(P2(1, "a"))
  println(Only)
  println(E.A)
  println(E.B(1))
  println(Nothing0())
  println((1, "a"))
  println(List(1, 2))
  println(Vector(1))
  println(Seq(1))
  println(Map("a" -> 1, "b" -> 2))
  println(Set(1, 2))
  println((1 to 5).toSet)
  println((1 to 5).map(i => i -> i).toMap)
  println(Some(1))
  println(None)
  println(Right(1))
  println(Left("x"))
  println(())
  println(1 to 3)
  println(1 until 10 by 3)
  println(1 until 1)
  println(5 to 1 by -2)
  println(List(1).iterator)
  println((1 to 5).map(_ + 1))
  println(LazyList(1, 2))
  println(scala.collection.mutable.ArrayBuffer(1))
  println(scala.collection.mutable.Map(1 -> 2))
  println(List(Some(P2(1, "q")), None))
  println(Map(1 -> List("a")).keys)
  println(Map(1 -> "a").values)
  println(StringBuilder("sb"))
  println(scala.util.Try(1))
  println(new RuntimeException("boom"))
}
