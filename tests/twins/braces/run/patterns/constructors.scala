// Nested constructor patterns.
case class Point(x: Int, y: Int)
case class Circle(center: Point, radius: Int)
case class Box[A](content: A)

@main def run(): Unit = {
  def describe(c: Circle): String = c match {
    case Circle(Point(0, 0), 1)          => "unit circle"
    case Circle(Point(0, 0), r)          => s"centred, radius $r"
    case Circle(Point(x, y), r) if x == y => s"diagonal $x radius $r"
    case Circle(p @ Point(_, 0), _)      => s"on the axis at $p"
    case Circle(p, _)                    => s"somewhere $p"
  }
  println(describe(Circle(Point(0, 0), 1)))
  println(describe(Circle(Point(0, 0), 5)))
  println(describe(Circle(Point(3, 3), 2)))
  println(describe(Circle(Point(4, 0), 2)))
  println(describe(Circle(Point(4, 1), 2)))
  Box(Box(List(1, 2))) match {
    case Box(Box(a :: b :: Nil)) => println(a + b)
    case _                       => println("else")
  }
  Box((1, "a")) match {
    case Box((n, s)) => println(s * n)
  }
}
