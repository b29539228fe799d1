// The order of string, character and tuple keys.
@main def run(): Unit = {
  val words = List("one", "two", "three", "four", "five", "six")
  println(words.map(w => w -> w.length).toMap)
  println(words.map(w => w.head -> w).toMap)
  println(words.zipWithIndex.toMap.toList)
  println(words.zipWithIndex.map((w, i) => (w, i) -> i).toMap.values.toList)
  println("the quick brown fox jumps over the lazy dog".split(" ").groupBy(_.length).map((k, v) => (k, v.length)))
  println("the quick brown fox jumps over the lazy dog".groupBy(identity).map((c, s) => c -> s.length).toList)
  println(List(true, false).map(b => b -> 1).toMap)
}
