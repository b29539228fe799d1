// Operator methods: symbolic, unary, apply, update.
case class Vec(x: Int, y: Int) {
  def +(that: Vec): Vec = Vec(x + that.x, y + that.y)
  def -(that: Vec): Vec = Vec(x - that.x, y - that.y)
  def *(k: Int): Vec = Vec(x * k, y * k)
  def unary_- : Vec = Vec(-x, -y)
  def unary_! : Boolean = x == 0 && y == 0
  def apply(i: Int): Int = if i == 0 then x else y
  infix def dot(that: Vec): Int = x * that.x + y * that.y
}

class Board {
  private var cells: Map[(Int, Int), Char] = Map.empty
  def apply(r: Int, c: Int): Char = cells.getOrElse((r, c), '.')
  def update(r: Int, c: Int, value: Char): Unit = cells = cells.updated((r, c), value)
}

@main def run(): Unit = {
  val a = Vec(1, 2)
  val b = Vec(3, -4)
  println(a + b * 2)
  println(-a)
  println(!Vec(0, 0))
  println(a(0) + a(1))
  println(a dot b)
  println(a - b - b)
  val board = new Board
  board(1, 2) = 'x'
  println(s"${board(1, 2)}${board(0, 0)}")
}
