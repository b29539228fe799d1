// Up to four entries keep their order; larger maps and sets are ordered by hash.
class Clash(val n: Int) {
  override def hashCode: Int = 42
  override def equals(other: Any): Boolean = other match {
    case clash: Clash => clash.n == n
    case _ => false
  }
  override def toString = s"C$n"
}

@main def run(): Unit = {
  println(Map(3 -> 'c', 1 -> 'a', 2 -> 'b').updated(1, 'z'))
  println(Map(3 -> 'c', 1 -> 'a', 2 -> 'b') - 3 + (3 -> 'd'))
  println(List(5, 4, 3, 2, 1).map(i => i -> i).toMap.keys.toList)
  println(Set(50, 40, 30, 20, 10).toList)
  println(Set("one", "two", "three", "four", "five", "six").toList)
  println((Set(50, 40, 30, 20, 10) - 10 - 20).toList)
  println((1 to 40).map(i => i * 97).toSet.toList)
  println((1 to 20).map(i => s"key$i" -> i).toMap.toList)
  println(List(1L << 40, 1L, 1L << 33, 7L, -1L, 1L << 60).toSet.toList)
  println((1 to 7).map(Clash(_)).toSet.toList)
  println(((1 to 7).map(Clash(_)).toSet - Clash(3)).toList)
  println((1 to 12).toList.groupBy(_ % 6).toList)
  println(List(3, 1, 3, 2, 1).distinct)
  println(List("x", "y", "z", "u", "v", "w").zipWithIndex.toMap.map((k, v) => (v, k)).toList)
  val mutable = scala.collection.mutable.HashMap[String, Int]()
  for i <- 1 to 20 do mutable(s"k${i * 37}") = i
  println(mutable.toList)
  println(scala.collection.mutable.HashSet(100, 5, 77, 16, 33, 49).toList)
  val linked = scala.collection.mutable.LinkedHashMap(9 -> 1, 1 -> 2, 5 -> 3, 4 -> 4, 8 -> 5)
  println(linked)
}
