// The order of case class, list and option keys.
case class Point(x: Int, y: Int)
enum Suit {
  case Hearts, Spades
}

@main def run(): Unit = {
  val points = for { x <- 0 to 2; y <- 0 to 2 } yield Point(x, y)
  println(points.toSet)
  println(points.map(p => p -> p.x).toMap.keys.toList)
  println((1 to 6).map(i => List(i, i + 1)).toSet)
  println((1 to 6).map(i => Option(i)).toSet)
  println((1 to 6).map(i => (i, i * i)).toSet)
  println((1 to 6).map(i => (i, "x" * i, 'c')).toSet)
  println((1 to 6).map(i => Vector.fill(i)(i)).toSet.map(_.size))
}
