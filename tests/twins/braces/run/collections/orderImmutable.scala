// Iteration order of immutable maps and sets: insertion order up to four, then the order of the trie.
final case class Point(x: Int, y: Int)

def numbers(n: Int, seed: Int): List[Int] = {
  var state = seed
  var result = List.empty[Int]
  var i = 0
  while i < n do {
    state = state * 1103515245 + 12345
    result = (state >>> 7) % 1000 :: result
    i += 1
  }
  result
}

@main def run(): Unit = {
  println(List(5, 4, 3, 2, 1).foldLeft(Map.empty[Int, Int])((m, k) => m.updated(k, k * k)))
  println(Set(50, 40, 30, 20, 10))
  println(Set("one", "two", "three", "four", "five", "six"))
  println(Map(3 -> "c", 1 -> "a", 2 -> "b"))
  for n <- List(0, 1, 3, 4, 5, 6, 12, 33, 70, 150) do {
    val ns = numbers(n, n * 31 + 7)
    println(ns.toSet)
    println(ns.map(k => k -> k % 7).toMap)
    println(ns.map(k => (k - 500) * 65536).toSet)
    println(ns.map(k => "key" + k).toSet)
    println(ns.map(k => (k, "v" + k % 3)).toSet)
    println(ns.map(k => Point(k % 10, k / 10)).toSet)
    println(ns.map(_.toLong * 4294967296L).toSet)
    println(ns.map(k => List(k, k + 1, k + 2)).toSet)
    println(ns.map(k => Vector(k, k * k, 3)).toSet)
    println(ns.map(k => if k % 2 == 0 then Some(k) else None).toSet)
    println(ns.map(k => (k % 128).toChar.isLetter -> k.toChar).toMap)
    println(ns.groupBy(_ % 6))
    println(ns.groupMap(_ % 5)(_ / 5))
    println(ns.groupMapReduce(_ % 9)(k => 1)(_ + _))
    println(ns.distinct)
    println(ns.toSet.map(_ % 8))
  }
  // Shrinking keeps the trie; removing and adding again goes last in a small map.
  val big = (1 to 8).map(i => i -> i * i).toMap
  println(big - 1 - 2 - 3 - 4 - 5)
  println((big -- List(1, 2, 3, 4, 5, 6, 7)) + (100 -> 1))
  println(Map(1 -> "a", 2 -> "b", 3 -> "c") - 1 + (1 -> "z"))
  println(Map(1 -> "a", 2 -> "b", 3 -> "c") + (2 -> "z"))
  println(Set(1, 2, 3) - 2 + 2)
  val all = numbers(200, 99).toSet
  var rest = all
  for k <- numbers(200, 99).take(150) do rest = rest - k
  println(rest)
  println(all.filter(_ % 10 == 3))
  println(all.partition(_ % 3 == 0))
  println(all & Set(1, 2, 3, 4, 5))
  println(Set(1, 2, 3) | Set(9, 8, 7))
  println(big.keySet)
  println(big.keys)
  println(big.values)
  println(big.keySet + 99)
  println(big.map((k, v) => (v, k)))
  println(big.map((k, v) => k + v))
  println(big.filter((k, _) => k < 3))
  println(big.toList)
  println(big.toSet)
  println(big.transform((k, v) => k + v))
  println(big.withDefaultValue(0))
  println(big.view.mapValues(_ + 1).toMap)
  println(Set(1, 2, 3, 4).subsets(2).toList)
  println(Set('a', 'b', 'c').subsets().map(_.mkString).toList)
  println((1 to 6).toSet == Set(6, 5, 4, 3, 2, 1))
  println((1 to 6).map(i => (i, i)).toMap == (6 to 1 by -1).map(i => (i, i)).toMap)
}
