// `_` makes a function at the nearest enclosing expression.
object Main extends App {
  val xs = List(1, 2, 3)
  println(xs.map(_ + 1))
  println(xs.map(_.toString + "!"))
  println(xs.reduce(_ * _))
  println(xs.map(math.max(_, 2)))
  println(xs.map(List(_)))
  println(xs.map((_, 1)))
  println(xs.filter(_ > 1).map(_ - 1))
  println(List((1, 2), (3, 4)).map(_ + _))
  val f: (Int, Int) => Int = _ - _
  println(f(10, 3))
  val g = (_: Int) + (_: Int)
  println(g(1, 2))
  def apply(h: Int => Int): Int = h(10)
  println(apply(_ * 2))
  println(apply(2 * _))
  def twice(h: Int => Int)(x: Int) = h(h(x))
  println(twice(_ + 3)(1))
  println(xs.map(twice(_ * 2)))
}
