object ExportDefines:
  trait Shape:
    def name: String = "shape"
    def area: Int
  class Square(side: Int) extends Shape:
    override def name: String = "square"
    override def area: Int = side * side
  class Framed(inner: Square) extends Shape:
    export inner.*
  def main(args: Array[String]): Unit =
    val framed = Framed(Square(3))
    println(framed.name)
    println(framed.area)
    val shape: Shape = framed
    println(shape.area)
