// Case classes are equal when class and all fields are.
case class Point(x: Int, y: Int)
case class Line(from: Point, to: Point)
sealed trait Shape
case class Dot(at: Point) extends Shape
case class Ring(at: Point) extends Shape

@main def run(): Unit = {
  println(Point(1, 2) == Point(1, 2))
  println(Point(1, 2) == Point(2, 1))
  println(Line(Point(0, 0), Point(1, 1)) == Line(Point(0, 0), Point(1, 1)))
  val a: Shape = Dot(Point(1, 1))
  val b: Shape = Ring(Point(1, 1))
  println(a == b)
  println(a == Dot(Point(1, 1)))
  println(a != b)
  println(List(Point(1, 2)) == List(Point(1, 2)))
  println(Some(Point(1, 2)).contains(Point(1, 2)))
  println(Set(Point(1, 2), Point(1, 2)).size)
}
