// A string as a sequence of characters.
@main def run(): Unit = {
  val s = "Hello World"
  println(s.filter(_.isUpper))
  println(s.filterNot(_.isUpper))
  println(s.map(_.toUpper))
  println(s.map(_.toInt).sum)
  println(s.flatMap(c => c.toString * 2))
  println(s.foldLeft(0)((n, c) => n + (if c == 'o' then 1 else 0)))
  println(s.toList.take(3))
  println(s.partition(_.isLower))
  println(s.collect { case c if c.isLetter => c.toLower })
  s.take(3).foreach(c => print(s"<$c>"))
  println()
  println(s.sliding(4).toList.take(2))
  println(s.grouped(4).toList)
  println((for c <- s if c.isLetter yield c).length)
  println(s.toSet.size)
  println(s.reverse.toVector.head)
}
