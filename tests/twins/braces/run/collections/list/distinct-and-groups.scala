// distinct keeps the first occurrence; groupBy makes a map.
@main def run(): Unit = {
  val xs = List(3, 1, 3, 2, 1, 3)
  println(xs.distinct)
  println(List("aa", "b", "cc", "d").distinctBy(_.length))
  println(List(1, 2, 3, 4).groupBy(_ % 2))
  println(List("one", "two", "three", "four").groupBy(_.length))
  println(List("one", "two", "three", "four").groupMap(_.length)(_.head))
  println(xs.groupMapReduce(identity)(_ => 1)(_ + _))
  println(xs.diff(List(3, 1)))
  println(xs.intersect(List(3, 3, 2, 9)))
  println(List(1, 2).concat(List(2, 3)).distinct)
  println(xs.toSet)
  println(xs.toSet.toList)
}
