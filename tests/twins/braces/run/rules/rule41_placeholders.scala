// An underscore makes a lambda at the nearest enclosing expression.
def twice(f: Int => Int): Int => Int = n => f(f(n))
def g(n: Int): Int = n * 10
def h(f: Int => Int): Int = f(1)

@main def run(): Unit = {
  println(List(1, 2).map(_ + 1))
  println(twice(_ * 3)(2))
  println(List(1, 2).map(g(_)))
  println(List(1, 2).map(g(_) + 1))
  println(h(g(_)))
  println(h(x => g(x + 1)))
  println(List(List(1, 2), List(3)).map(_.map(_ + 1)))
  val add: (Int, Int) => Int = _ + _
  println(add(1, 2))
  println(List("a", "b").map(_.length + 1))
  println(List(1, 2, 3).filter(_ % 2 == 1).map(_.toString + "!"))
  val pair: Int => (Int, String) = (_, "x")
  println(pair(1))
  println(List(1, 2).map { _ * 2 })
  val pick: Boolean => String = if _ then "yes" else "no"
  println(pick(true))
  val matchOf: Int => String = _ match { case 1 => "one"; case _ => "many" }
  println(matchOf(1))
  println(List(3, 1).sortWith(_ < _))
}
