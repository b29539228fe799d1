// Iteration order of mutable maps and sets: by slot of the table, which grows as Scala's does.
import scala.collection.mutable

def stream(n: Int, seed: Int): List[Int] = {
  var state = seed
  List.fill(n) {
    state = state * 1664525 + 1013904223
    (state >>> 9) % 3000 - 700
  }
}

@main def run(): Unit = {
  for n <- List(0, 1, 5, 11, 12, 13, 24, 25, 60, 100, 400) do {
    val ns = stream(n, n + 3)
    val map = mutable.Map.empty[Int, Int]
    for k <- ns do map(k) = map.getOrElse(k, 0) + 1
    println(map)
    println(mutable.Set.from(ns))
    println(mutable.HashMap.from(ns.map(k => "s" + k -> k)))
    println(mutable.HashSet[Any]() ++= ns.map(k => if k % 2 == 0 then k else "x" + k))
    val words = mutable.Map[String, mutable.ListBuffer[Int]]()
    for k <- ns do words.getOrElseUpdate("w" + k % 37, mutable.ListBuffer()) += k
    println(words)
    println(map.toMap)
    println(map.keySet)
    println(map.keys.toList)
    println(map.values.sum)
    for k <- ns.take(n / 2) do map -= k
    println(map)
    println(map.map((k, v) => (k * 65537, v)))
    println(map.filter((k, _) => k % 3 == 0))
    println(mutable.LinkedHashMap.from(ns.map(k => k -> -k)).take(20))
    println(mutable.LinkedHashSet.from(ns).toList.take(20))
    map.clear()
    map ++= ns.map(k => k -> 1)
    println(map.size)
    println(map)
  }
  println(mutable.Map(1 -> "a", 17 -> "b", 33 -> "c", 2 -> "d"))
  println(mutable.Set("one", "two", "three", "four", "five", "six"))
  println(mutable.Map("a" -> 1) == Map("a" -> 1))
  val counts = mutable.Map[Char, Int]().withDefaultValue(0)
  for c <- "mississippi" do counts(c) += 1
  println(counts.toList.sortBy(_._1))
  println(counts('z'))
}
