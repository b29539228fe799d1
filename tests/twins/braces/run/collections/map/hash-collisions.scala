// Keys with equal hashes are kept apart, in the order in which they came.
@main def run(): Unit = {
  val keys = List("AaAa", "BBBB", "AaBB", "BBAa")
  val more = List("one", "two", "three")
  val m = (keys ++ more).zipWithIndex.toMap
  println(m)
  println(keys.map(m))
  println(m.updated("AaBB", 99))
  println(m - "BBBB")
  println((m - "AaAa").get("BBBB"))
  println(m.contains("BBAA"))
  val s = (more ++ keys.reverse).toSet
  println(s)
  println((s - "AaBB").size)
  val all = for a <- List("Aa", "BB"); b <- List("Aa", "BB"); c <- List("Aa", "BB") yield a + b + c
  println(all.toSet)
  println(all.toSet == all.reverse.toSet)
  println(all.map(k => k -> k.length).toMap.size)
}
