// An iterator is used up as it goes.
@main def run(): Unit = {
  val it = Iterator(1, 2, 3)
  println(it.hasNext)
  println(it.next())
  println(it.next())
  println(it.next())
  println(it.hasNext)
  println(List(1, 2, 3).iterator.map(_ * 2).toList)
  println(Iterator.from(5).take(3).toList)
  println(Iterator.iterate(1)(_ * 2).takeWhile(_ < 100).toList)
  println((1 to 10).iterator.filter(_ % 3 == 0).toList)
  println(Iterator.range(0, 5).sum)
  println(Iterator.fill(3)("x").mkString)
  println(List(1, 2).iterator.zip(List("a", "b").iterator).toList)
  println(Iterator(1, 2, 3).drop(1).toList)
  println(Iterator.empty[Int].hasNext)
  println(Iterator(3, 1, 2).max)
}
