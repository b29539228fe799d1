// These take every value, or say that they need not.
case class Point(x: Int, y: Int)

def f(p: (Int, Point)): Int =
  val (a, Point(x, y)) = p
  a + x + y

def g(xs: List[Int]): Int =
  val List(a, b) = xs // the length of a sequence is not checked here, as in Scala
  val h :: t = xs: @unchecked
  a + b + h

def i(o: Some[Int]): Int =
  val Some(x) = o
  x
