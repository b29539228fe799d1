package shapes {
  sealed trait Shape {
    def area: Double
    def name: String = "shape"
  }
  case class Circle(radius: Double) extends Shape {
    def area: Double = { 3.14 * radius * radius }
    override def name = "circle"
  }
  object Shape {
    val unit: Shape = Circle(1)
    def all: List[Shape] = {
      val one = unit
      List(one)
    }
  }
  class Counter { self =>
    private var count = 0
    def next(): Int = {
      count += 1
      count
    }
  }
}
