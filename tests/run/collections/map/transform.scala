// map, filter, fold, partition and conversions of maps.
object Main {
  def main(args: Array[String]): Unit = {
    val m = Map("a" -> 1, "b" -> 2, "c" -> 3)
    println(m.map((k, v) => (v, k)))
    println(m.map((k, v) => s"$k$v"))
    println(m.filter((_, v) => v > 1))
    println(m.filterNot((k, _) => k == "a"))
    println(m.foldLeft(0)((sum, e) => sum + e._2))
    println(m.partition((_, v) => v % 2 == 1))
    println(m.exists((k, v) => k == "b" && v == 2))
    println(m.forall((_, v) => v > 0))
    println(m.count((_, v) => v > 1))
    println(m.find((_, v) => v == 3))
    println(m.toList.sortBy(-_._2))
    println(m.maxBy(_._2))
    println(m.flatMap((k, v) => List.fill(v)(k)))
    println(m.view.mapValues(_ * 2).toMap)
    println(m.transform((k, v) => k * v))
    println(m.keys.map(_.toUpperCase))
    println(m.map((k, v) => k -> v.toString).getOrElse("b", "?"))
  }
}
