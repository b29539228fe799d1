// A map that had five entries stays a trie when it shrinks.
@main def run(): Unit = {
  var m = Map("a" -> 1, "b" -> 2, "c" -> 3, "d" -> 4, "e" -> 5)
  println(m)
  m = m - "c" - "d"
  println(m)
  m = m + ("z" -> 9)
  println(m)
  m = m - "a" - "b" - "e" - "z"
  println(m)
  println(m.isEmpty)
  var s = Set(50, 40, 30, 20, 10)
  println(s)
  s = s - 30 - 20
  println(s)
  s = s + 30
  println(s)
}
