// Laws that hold for numbers and not for doubles.
def laws(x: Double): List[Double] =
  List(x + 0.0, x - 0.0, 0.0 - x, x * 0.0, x * 1.0, x - x, x / x, -(-x), x * 2.0 / 2.0, x + x - x)

def questions(x: Double, y: Double): List[Boolean] =
  List(x == x, x != x, x < y, !(x >= y), x <= y, !(x > y), x == y, x < y || x >= y)

def chosen(x: Double, y: Double): List[Double] =
  List(if x < y then x else y, if x > y then x else y, if x == y then x else y, math.min(x, y), math.max(x, y))

def sums(xs: List[Double]): (Double, Double) = (xs.foldLeft(0.0)(_ + _), xs.foldRight(0.0)(_ + _))

@main def run(): Unit =
  val zero = 0.0
  val nan = zero / zero
  for x <- List(zero, -zero, 1.5, 1e308, 4.9e-324, 1.0 / zero, nan) do
    println(s"$x ${laws(x)}")
    for y <- List(-zero, 1.5, nan) do
      println(s"  $y ${questions(x, y).map(if _ then 1 else 0).mkString} ${chosen(x, y)}")
  println(sums(List(1e16, 1.0, -1e16, 0.1)))
  println(1.0 / (zero * -1.0) == 1.0 / zero)
