// Permutations and combinations of the library.
@main def run(): Unit = {
  println(List(1, 2, 3).permutations.toList)
  println(List(1, 2, 3, 4).combinations(2).toList)
  println(List('a', 'a', 'b').permutations.map(_.mkString).toList)
  println(List(1, 1, 2).combinations(2).toList)
  println("abc".permutations.toList)
}
