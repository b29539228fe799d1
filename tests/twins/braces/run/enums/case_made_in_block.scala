// A case that is made in the scrutinee, also at the end of a block, has the type of its enum.
enum Shape {
  case Dot
  case Circle(radius: Int)
  case Square(side: Int)
}

@main def made() = {
  val direct = Shape.Circle(2) match {
    case Shape.Dot => "dot"
    case Shape.Circle(r) => s"circle $r"
    case Shape.Square(s) => s"square $s"
  }
  val block = ({ val side = 3; Shape.Square(side) }) match {
    case Shape.Dot => "dot"
    case Shape.Circle(r) => s"circle $r"
    case Shape.Square(s) => s"square $s"
  }
  println(s"$direct, $block")
}
