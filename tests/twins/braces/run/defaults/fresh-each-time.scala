// A default is a new value for each call.
class Cell(var n: Int)

@main def run(): Unit = {
  var made = 0
  def fresh(): Cell = {
    made += 1
    Cell(made * 10)
  }
  def use(c: Cell = fresh()): Int = {
    c.n += 1
    c.n
  }
  println(use())
  println(use())
  val own = Cell(0)
  println(use(own) + use(own))
  println(made)
}
