// A sequence passed with * is the parameter; inside it is an immutable sequence.
def show(xs: Int*): String = s"${xs.size}: $xs"
def mixed(first: String, rest: Any*): String = first + rest.mkString("<", ",", ">")
def pass(xs: String*): Int = count(xs*)
def count(xs: String*): Int = xs.length
class Bag(items: Int*) {
  def total = items.sum
}

@main def run(): Unit = {
  println(show())
  println(show(1))
  println(show(1, 2, 3))
  println(show(List(1, 2)*))
  println(show(Vector(1, 2)*))
  println(show((1 to 3)*))
  println(show(Array(7, 8)*))
  println(mixed("a"))
  println(mixed("a", 1, 'c', List(2)))
  println(mixed("a", List(1, 2)*))
  println(pass("x", "y"))
  println(Bag(1, 2, 3).total)
  def sum(xs: Int*): Int = if xs.isEmpty then 0 else xs.head + sum(xs.tail*)
  println(sum(1, 2, 3))
}
