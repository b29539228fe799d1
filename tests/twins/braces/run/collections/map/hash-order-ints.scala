// From five entries on the order is that of the hash trie.
@main def run(): Unit = {
  var m = Map.empty[Int, String]
  for i <- 5 to 1 by -1 do m = m + (i -> s"v$i")
  println(m)
  val big = (1 to 40).map(i => i * 7 -> i).toMap
  println(big)
  println(big.keys.toList)
  println(big.values.sum)
  println((big - 7 - 14).keys.take(10).toList)
  val negative = (-10 to 10).map(i => i -> i).toMap
  println(negative.keys.toList)
  println((1 to 6).map(i => i.toLong << 33).map(i => i -> 1).toMap.keys.toList)
}
