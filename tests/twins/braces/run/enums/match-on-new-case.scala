// A case that is made on the spot has the type of its enum, so other cases can be asked for.
enum Shape {
  case Point
  case Circle(radius: Int)
  case Square(side: Int)
}

def name(shape: Shape): String = shape match {
  case Shape.Point     => "point"
  case Shape.Circle(r) => s"circle $r"
  case Shape.Square(s) => s"square $s"
}

@main def test(): Unit = {
  println(Shape.Circle(2) match {
    case Shape.Point     => 0
    case Shape.Square(s) => s
    case Shape.Circle(r) => r * 10
  }
  )
  println(name(Shape.Square(3)))
}
