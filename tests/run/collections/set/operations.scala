// Higher-order methods, and a set as a predicate.
object Main extends App {
  val vowels = Set('a', 'e', 'i', 'o', 'u')
  println("functional".filter(vowels))
  println(List('x', 'a').map(vowels))
  println(Set(1, 2, 3).exists(_ > 2))
  println(Set(1, 2, 3).forall(_ > 2))
  println(Set(1, 2, 3).sum)
  println(Set(3, 1, 2).toList.sorted)
  println(Set(1, 2, 3).partition(_ < 2))
  println(Set(1, 2, 3, 4).groupBy(_ % 2))
  println(Set("a", "b").mkString("{", ",", "}"))
  println(Set(1, 2).subsets().toList.map(_.toList))
  println(Set(List(1), List(1)).size)
  println((for (x <- Set(1, 2, 3)) yield x / 2))
  println(Set(1, 2).flatMap(x => Set(x, -x)))
  println(Set(5, 9, 2).max)
  println(Set(1, 2).head)
}
