// Strings compare by UTF-16 unit.
@main def run(): Unit = {
  println("a" < "b")
  println("Z" < "a")
  println("abc" < "abd")
  println("ab" < "abc")
  println("" < "a")
  println("b".compareTo("a"))
  println("a".compareTo("c"))
  println("abc".compareTo("ab"))
  println("abc".compare("abc"))
  println("Abc".equalsIgnoreCase("aBC"))
  println(List("b", "A", "a", "B").sorted)
  println(List("pear", "fig", "apple").sorted)
  println(List("pear", "fig", "apple").min)
  println("b" >= "b")
  println("same" == "sa" + "me")
}
