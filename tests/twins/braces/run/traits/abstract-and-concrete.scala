// A trait with abstract and concrete members.
trait Shape {
  def area: Int
  def name: String
  def describe: String = s"$name of area $area"
  def larger(that: Shape): Boolean = area > that.area
}

class Square(side: Int) extends Shape {
  def area = side * side
  def name = "square"
}

class Strip(length: Int) extends Shape {
  val area = length
  val name = "strip"
  override def describe: String = super.describe + "!"
}

@main def run(): Unit = {
  val shapes = List[Shape](Square(3), Strip(10), Square(2))
  shapes.foreach(s => println(s.describe))
  println(shapes.maxBy(_.area).name)
  println(shapes.head.larger(shapes(1)))
}
