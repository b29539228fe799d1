// Maps and sets of a thousand entries, built, changed and emptied.
object Main:
  def main(args: Array[String]): Unit =
    var m = Map.empty[Int, Int]
    for i <- 0 until 1000 do m = m.updated(i * 37 % 1009, i)
    println(m.size)
    println(m(37))
    println(m.keys.take(8).toList)
    println(m.values.sum)
    println(m.count((k, v) => k == v))
    for i <- 0 until 1000 by 2 do m = m - i
    println(m.size)
    println(m.keys.forall(_ % 2 == 1))
    println(m.keys.max)
    for k <- m.keys do m = m - k
    println(m.isEmpty)
    val s = (1 to 1000).map(i => i * i % 997).toSet
    println(s.size)
    println(s.take(6))
    println((s -- (1 to 500)).size)
    println((s & (1 to 100).toSet).toList.sorted.take(5))
    val byLetter = (1 to 200).map(i => i.toHexString).groupBy(_.head)
    println(byLetter.map((c, xs) => c -> xs.length))
