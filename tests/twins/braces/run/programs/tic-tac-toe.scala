// Tic-tac-toe: a perfect player by searching the whole game, with a count of positions.
enum Player {
  case X, O
  def other: Player = if this == X then O else X
}

case class Board(cells: Vector[Option[Player]], turn: Player) {
  def free: List[Int] = cells.zipWithIndex.collect { case (None, i) => i }.toList
  def play(i: Int): Board = Board(cells.updated(i, Some(turn)), turn.other)
  def winner: Option[Player] =
    Board.lines.collectFirst {
      case List(a, b, c) if cells(a).isDefined && cells(a) == cells(b) && cells(b) == cells(c) => cells(a)
    }.flatten
  def isOver: Boolean = winner.isDefined || free.isEmpty
  def show: String =
    cells.map {
      case Some(p) => p.toString
      case None    => "."
    }.grouped(3).map(_.mkString).mkString("/")
}

object Board {
  val empty: Board = Board(Vector.fill(9)(None), Player.X)
  val lines: List[List[Int]] = {
    val rows = List.tabulate(3, 3)((r, c) => r * 3 + c)
    rows ::: rows.transpose ::: List(List(0, 4, 8), List(2, 4, 6))
  }
  def parse(text: String, turn: Player): Board =
    Board(text.filter(_ != '/').map {
      case 'X' => Some(Player.X)
      case 'O' => Some(Player.O)
      case _   => None
    }.toVector, turn)
}

class Solver {
  private var known: Map[Board, Int] = Map.empty
  def positions: Int = known.size

  /** 1 when the player to move wins, 0 for a draw, -1 for a loss. */
  def value(b: Board): Int = known.get(b) match {
    case Some(v) => v
    case None =>
      val v =
        if b.winner.isDefined then -1
        else if b.free.isEmpty then 0
        else b.free.map(i => -value(b.play(i))).max
      known = known.updated(b, v)
      v
  }

  def best(b: Board): Int = b.free.maxBy(i => -value(b.play(i)))

  def finish(b: Board): List[Board] = if b.isOver then List(b) else b :: finish(b.play(best(b)))
}

@main def run(): Unit = {
  import Player.*
  val s = Solver()
  val win = Board.parse("XX./OO./...", X)
  println(s.value(win))
  println(win.play(s.best(win)).show)
  val block = Board.parse("X../.O./X..", O)
  println(block.play(s.best(block)).show)
  println(s.value(block))
  val fork = Board.parse("X../.O./..X", O)
  println(s.finish(fork).map(_.show))
  println(Board.parse("XXX/OO./...", O).winner)
  println(Board.parse("XOX/XOO/OXX", O).winner)
  println(Board.parse("XOX/XOO/OXX", O).isOver)
  println(s.value(Board.parse("X../.../...", O)))
  println(s.positions)
}
