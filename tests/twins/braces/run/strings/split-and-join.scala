// split drops trailing empty parts; mkString joins.
@main def run(): Unit = {
  println("a,b,c".split(",").toList)
  println("a,,c".split(",").toList)
  println("a,b,,".split(",").toList)
  println(",a".split(",").toList)
  println("abc".split(",").toList)
  println("one two  three".split(" ").toList)
  println("a-b-c".split('-').toList)
  println("line one\nline two\n".split("\n").length)
  println(List("a", "b", "c").mkString(","))
  println(List("a", "b", "c").mkString("[", "; ", "]"))
  println(List(1, 2, 3).mkString)
  println("a b c".split(" ").map(_.toUpperCase).mkString("-"))
  println("x".split(",").length)
}
