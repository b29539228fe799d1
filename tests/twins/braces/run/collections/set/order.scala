// Small sets keep insertion order, larger ones follow the hash trie.
@main def run(): Unit = {
  println(Set(4, 3, 2, 1))
  println(Set(5, 4, 3, 2, 1))
  println(Set(50, 40, 30, 20, 10))
  println(Set("one", "two", "three", "four", "five", "six"))
  println((1 to 100).toSet.take(12).toList)
  println(Set('e', 'd', 'c', 'b', 'a'))
  println(Set(1L << 40, 1L << 41, 1L << 42, 5L, -5L))
  println((Set(3, 1) + 2).toList)
  println(Set(3, 1, 2).map(_ * 10))
  println((1 to 20).toSet.filter(_ % 3 == 0))
  println((1 to 6).toSet.foldLeft("")(_ + _))
}
