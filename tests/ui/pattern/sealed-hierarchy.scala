// A sealed hierarchy of two levels.
sealed trait Shape
final case class Circle(radius: Int) extends Shape
sealed trait Polygon extends Shape
final case class Square(side: Int) extends Polygon
final case class Triangle(a: Int, b: Int, c: Int) extends Polygon

def area(s: Shape): Int = s match
  case Circle(r)  => 3 * r * r
  case p: Polygon => 0

def corners(s: Shape): Int = s match //~ E0410
  case Circle(_) => 0
  case Square(_) => 4
