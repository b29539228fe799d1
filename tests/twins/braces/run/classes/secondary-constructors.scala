// Constructors that call another one first.
class Rectangle(val width: Int, val height: Int) {
  def this(side: Int) = this(side, side)
  def this() = this(1)
  def area: Int = width * height
}

@main def run(): Unit = {
  println(new Rectangle(3, 4).area)
  println(new Rectangle(5).area)
  println(new Rectangle().area)
  println(Rectangle(2).height)
}
