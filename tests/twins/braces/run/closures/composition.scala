// andThen, compose, curried, identity.
@main def run(): Unit = {
  val inc = (x: Int) => x + 1
  val double = (x: Int) => x * 2
  println(inc.andThen(double)(5))
  println(inc.compose(double)(5))
  println((inc andThen double andThen inc)(1))
  val add = (a: Int, b: Int) => a + b
  println(add.curried(3)(4))
  println(add.tupled((5, 6)))
  val curried = (a: Int) => (b: Int) => a - b
  println(curried(10)(3))
  println(List(1, 2, 3).map(curried(10)))
  println(List(inc, double).map(f => f(7)))
  println(List(inc, double, inc).foldLeft(1)((x, f) => f(x)))
  println(List(3, 1).map(identity))
  val const = (_: Int) => 42
  println(const(0))
}
