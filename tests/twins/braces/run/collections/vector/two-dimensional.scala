// Vectors of vectors as a grid.
@main def run(): Unit = {
  val grid = Vector.tabulate(3, 4)((r, c) => r * 10 + c)
  println(grid)
  println(grid(1)(2))
  val changed = grid.updated(1, grid(1).updated(2, 99))
  println(changed.map(_.mkString(" ")).mkString("\n"))
  println(grid.transpose)
  println(grid.map(_.sum))
  println(grid.flatten.sum)
  println(Vector.fill(2, 2)(0))
}
