// Hashes show in the order of large sets: of numbers, characters, text, case classes, tuples and sequences.
case class P(a: Int, b: String)
case object R

@main def run(): Unit = {
  println(List(1L << 40, 7L, -7L, 1L << 33, 12345678901L, 3L).toSet.toList)
  println(List('a', 'b', 'c', 'd', 'e', 'f').toSet.toList)
  println(List("hello", "", "a", "Zz", "some longer text", "é").toSet.toList)
  println(List(P(1, "x"), P(2, "y"), P(3, "z"), P(4, "u"), P(5, "v"), P(6, "w")).toSet.toList)
  println(List((1, 2), (2, 1), (3, 3), (4, 0), (0, 4), (5, 5)).toSet.toList)
  println(List(List(1), List(1, 2), Nil, List(3), List(4, 5, 6), List(9)).toSet.toList)
  println(List(Some(1), None, Some(2), Some(3), Some(4), Some(5)).toSet.toList)
  println(List(1.5, 2.5, -0.5, 1e100, 3.25, 7.0).toSet.toList)
  println(List[Any](true, false, (), 'x', 5, "five").toSet.toList)
  println(List[Seq[Int]](Vector(1), Vector(2), Vector(3), Vector(4), Vector(5)).toSet.contains(List(3)))
  println(List(Set(1), Set(2, 1), Set(3), Set(4), Set(5)).toSet.contains(Set(1, 2)))
  println(List(Left(1), Right(1), Left(2), Right(2), Left(3), Right(3)).toSet.toList)
  println(List(BigInt(1) << 70, BigInt(5), BigInt(-1), BigInt(1) << 31, BigInt(99), BigInt(7)).toSet.toList)
}
