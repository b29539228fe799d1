// Lazy lists compute each cell once, when it is needed.
@main def run(): Unit = {
  val naturals = LazyList.from(1)
  println(naturals)
  println(naturals.map(_ * 2).take(3).toList)
  val traced = LazyList(1, 2, 3).map { x => println(s"at $x"); x * 10 }
  println("made")
  println(traced.head)
  println(traced.head)
  println(traced.toList)
  println(traced)
  val fibs = LazyList.iterate((0, 1))(p => (p._2, p._1 + p._2)).map(_._1)
  println(fibs.take(12).toList)
  println(fibs(20))
  println(LazyList.iterate(1)(_ * 3).takeWhile(_ < 100).toList)
  println(naturals.filter(_ % 7 == 0).head)
  println(LazyList.empty[Int].isEmpty)
  println((LazyList(1, 2) ++ LazyList(3)).toList)
  println(LazyList.continually("x").take(2).mkString)
  LazyList(1, 2, 3) match {
    case first #:: rest => println(s"$first then ${rest.head}")
    case _              => println("empty")
  }
}
