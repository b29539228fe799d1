// Extractors and case classes in generators and definitions.
case class Entry(key: String, value: Int)
object Pair {
  def unapply(s: String): Option[(String, Int)] = s.split(":").toList match {
    case k :: v :: Nil => v.toIntOption.map(n => (k, n))
    case _             => None
  }
}

@main def run(): Unit = {
  val lines = List("a:1", "bad", "b:2", "c:x")
  println(for case Pair(k, v) <- lines yield Entry(k, v))
  val entries = List(Entry("p", 1), Entry("q", 2))
  println(for Entry(k, v) <- entries yield k * v)
  for case Entry(k, 2) <- entries do println(k)
  val Pair(key, number) = "z:26": @unchecked
  println(key + number)
  for (Entry(k, v), i) <- entries.zipWithIndex do println(s"$i $k $v")
}
