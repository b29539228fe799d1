// Tuples as elements and keys.
@main def run(): Unit = {
  val scores = List(("ann", 3), ("bob", 5), ("ann", 4))
  println(scores.groupBy(_._1).map((k, v) => k -> v.map(_._2).sum).toList.sorted)
  println(scores.map(_.swap).max)
  println(scores.unzip)
  println(scores.toMap)
  val grid = Map((0, 0) -> 'a', (0, 1) -> 'b')
  println(grid((0, 1)))
  println(grid.contains((1, 1)))
  println(List(1, 2).zip(List('a', 'b')).zip(List(true, false)).map { case ((n, c), b) => s"$n$c$b" })
  println(List((1, 2, 3)).unzip3)
  println((1 to 3).zip(4 to 6).map(_ * _).sum)
}
