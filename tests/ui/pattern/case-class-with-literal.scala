// A case class is closed, also if its field is open.
case class Point(x: Int, y: Int)

def f(p: Point): Int = p match //~ E0410
  case Point(0, y) => y
