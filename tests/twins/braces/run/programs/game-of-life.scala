// Conway's game of life on an unbounded board, with patterns, bounding boxes and cycle detection.
case class Cell(x: Int, y: Int) {
  def neighbours: List[Cell] =
    for {
      dx <- List(-1, 0, 1)
      dy <- List(-1, 0, 1)
      if dx != 0 || dy != 0
    }
    yield Cell(x + dx, y + dy)
}

case class Board(alive: Set[Cell]) {
  def next: Board = {
    val counts = alive.toList.flatMap(_.neighbours).groupBy(identity).map((c, cs) => c -> cs.length)
    Board(counts.collect { case (c, n) if n == 3 || n == 2 && alive(c) => c }.toSet)
  }

  def population: Int = alive.size

  def bounds: (Cell, Cell) = {
    val xs = alive.toList.map(_.x)
    val ys = alive.toList.map(_.y)
    (Cell(xs.min, ys.min), Cell(xs.max, ys.max))
  }

  def show: String =
    if alive.isEmpty then "(empty)"
    else {
      val (low, high) = bounds
      val lines =
        for y <- low.y to high.y yield
          (low.x to high.x).map(x => if alive(Cell(x, y)) then '#' else '.').mkString
      lines.mkString("\n")
    }

  /** The same pattern with its corner at the origin. */
  def normal: Board =
    if alive.isEmpty then this
    else {
      val (low, _) = bounds
      Board(alive.map(c => Cell(c.x - low.x, c.y - low.y)))
    }
}

object Board {
  def parse(rows: String*): Board = {
    val cells =
      for {
        (row, y) <- rows.zipWithIndex
        (c, x) <- row.zipWithIndex
        if c == '#'
      }
      yield Cell(x, y)
    Board(cells.toSet)
  }

  def generations(start: Board): Iterator[Board] = Iterator.iterate(start)(_.next)

  /** After how many generations the shape comes back, and how far it moved. */
  def period(start: Board, limit: Int): Option[(Int, Cell)] =
    generations(start).zipWithIndex.drop(1).take(limit).find((b, _) => b.normal == start.normal).map { (b, n) =>
      val (low, _) = b.bounds
      val (first, _) = start.bounds
      (n, Cell(low.x - first.x, low.y - first.y))
    }
}

@main def run(): Unit = {
  val blinker = Board.parse("###")
  val glider = Board.parse(".#.", "..#", "###")
  val block = Board.parse("##", "##")
  val rPentomino = Board.parse(".##", "##.", ".#.")
  println(blinker.next.show)
  println(Board.period(blinker, 10))
  println(Board.period(glider, 10))
  println(Board.period(block, 10))
  println(Board.period(rPentomino, 6))
  println(Board.generations(rPentomino).take(16).map(_.population).toList)
  println(Board.generations(glider).drop(8).next().show)
  println(Board.parse("#").next.show)
  val toad = Board.parse(".###", "###.")
  Board.generations(toad).take(2).foreach(b => println(b.show + "\n--"))
}
