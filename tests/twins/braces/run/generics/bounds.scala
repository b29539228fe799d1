// Upper and lower bounds.
abstract class Shape(val area: Int) {
  override def toString: String = s"shape $area"
}
class Square(side: Int) extends Shape(side * side) {
  def side2: Int = side * 2
}
class Stack[+A](items: List[A]) {
  def push[B >: A](b: B): Stack[B] = Stack(b :: items)
  def list: List[A] = items
}

@main def run(): Unit = {
  def largest[A <: Shape](xs: List[A]): A = xs.maxBy(_.area)
  println(largest(List(Square(2), Square(3))).side2)
  val squares = Stack(List(Square(1)))
  val shapes: Stack[Shape] = squares.push(new Shape(50) {})
  println(shapes.list.map(_.area))
  def total[A <: Shape](xs: A*): Int = xs.map(_.area).sum
  println(total(Square(1), Square(2)))
  def orElse[A, B >: A](o: Option[A], b: B): B = o.getOrElse(b)
  println(orElse(Some(Square(2)), new Shape(1) {}))
}
