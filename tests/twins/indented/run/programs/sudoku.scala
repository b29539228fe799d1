// A sudoku solver with candidate sets and backtracking.
object Sudoku:
  type Grid = Vector[Vector[Int]]

  def parse(text: String): Grid =
    text.split("/").map(_.map(c => if c == '.' then 0 else c.asDigit).toVector).toVector

  def candidates(g: Grid, r: Int, c: Int): List[Int] =
    val row = g(r)
    val column = g.map(_(c))
    val br = r / 3 * 3
    val bc = c / 3 * 3
    val box = g.slice(br, br + 3).flatMap(_.slice(bc, bc + 3))
    val used = (row ++ column ++ box).toSet
    (1 to 9).filterNot(used.contains).toList

  def hardest(g: Grid): Option[(Int, Int, List[Int])] =
    val open = for
      r <- 0 until 9
      c <- 0 until 9
      if g(r)(c) == 0
    yield (r, c, candidates(g, r, c))
    if open.isEmpty then None else Some(open.minBy(_._3.length))

  var steps = 0

  def solve(g: Grid): Option[Grid] =
    steps += 1
    hardest(g) match
      case None => Some(g)
      case Some((r, c, options)) =>
        def attempt(left: List[Int]): Option[Grid] = left match
          case Nil => None
          case n :: rest =>
            solve(g.updated(r, g(r).updated(c, n))) match
              case None  => attempt(rest)
              case found => found
        attempt(options)

  def valid(g: Grid): Boolean =
    val columns = g.transpose
    val boxes = for br <- 0 until 3; bc <- 0 until 3
      yield g.slice(br * 3, br * 3 + 3).flatMap(_.slice(bc * 3, bc * 3 + 3))
    (g ++ columns ++ boxes).forall(unit => unit.toSet == (1 to 9).toSet)

  def show(g: Grid): String = g.map(_.mkString).grouped(3).map(_.mkString("\n")).mkString("\n---\n")

object Main:
  def main(args: Array[String]): Unit =
    val easy = Sudoku.parse("53..7..../6..195.../.98....6./8...6...3/4..8.3..1/7...2...6/.6....28./...419..5/....8..79")
    println(Sudoku.candidates(easy, 0, 2))
    Sudoku.solve(easy) match
      case Some(g) =>
        println(Sudoku.show(g))
        println(Sudoku.valid(g))
      case None => println("no solution")
    println(Sudoku.steps)
    val impossible = easy.updated(0, easy(0).updated(2, 5))
    println(Sudoku.solve(impossible).isDefined)
