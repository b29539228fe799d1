// The queens puzzle by backtracking, by permutations, and with symmetries removed.
object Queens:
  type Placement = List[Int] // column of the queen in each row

  def safe(column: Int, placed: Placement): Boolean =
    placed.zipWithIndex.forall((c, i) => c != column && math.abs(c - column) != i + 1)

  def solutions(n: Int): List[Placement] =
    def place(row: Int): List[Placement] =
      if row == 0 then List(Nil)
      else for
        rest <- place(row - 1)
        column <- (1 to n).toList
        if safe(column, rest)
      yield column :: rest
    place(n)

  def first(n: Int): Option[Placement] =
    def extend(placed: Placement, row: Int): Option[Placement] =
      if row == n then Some(placed)
      else
        def attempt(column: Int): Option[Placement] =
          if column > n then None
          else if !safe(column, placed) then attempt(column + 1)
          else extend(column :: placed, row + 1) match
            case None  => attempt(column + 1)
            case found => found
        attempt(1)
    extend(Nil, 0)

  def byPermutation(n: Int): Int =
    (1 to n).toList.permutations.count { p =>
      p.zipWithIndex.map((c, r) => c + r).distinct.length == n &&
      p.zipWithIndex.map((c, r) => c - r).distinct.length == n
    }

  private def rotate(p: Placement): Placement =
    val n = p.length
    (1 to n).toList.map(c => n - p.indexOf(c))
  private def mirror(p: Placement): Placement = p.reverse

  def symmetric(p: Placement): Set[Placement] =
    val turns = Iterator.iterate(p)(rotate).take(4).toList
    (turns ++ turns.map(mirror)).toSet

  def distinct(all: List[Placement]): List[Placement] =
    all.foldLeft(List.empty[Placement]) { (kept, p) =>
      if kept.exists(k => symmetric(p).contains(k)) then kept else p :: kept
    }.reverse

  def show(p: Placement): String =
    p.map(c => (1 to p.length).map(i => if i == c then 'Q' else '.').mkString(" ")).mkString("\n")

object Main:
  def main(args: Array[String]): Unit =
    println((1 to 7).map(n => Queens.solutions(n).length).toList)
    println(Queens.show(Queens.solutions(6).head))
    println(Queens.distinct(Queens.solutions(6)))
    println(Queens.distinct(Queens.solutions(7)).length)
    println(Queens.byPermutation(6))
    println(Queens.first(8))
    println(Queens.first(3))
    println(Queens.solutions(5))
