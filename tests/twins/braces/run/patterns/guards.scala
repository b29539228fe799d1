// Clauses are tried from the top; a guard is tried after its pattern.
@main def run(): Unit = {
  def check(limit: Int, n: Int): Boolean = {
    print(s"[$n<$limit] ")
    n < limit
  }
  def size(n: Int): String = n match {
    case x if check(10, x)  => "small"
    case 50                 => "fifty"
    case x if check(100, x) => s"medium $x"
    case x                  => s"large $x"
  }
  println(size(5))
  println(size(50))
  println(size(60))
  println(size(500))
  def both(a: Int, b: Int): String = (a, b) match {
    case (x, y) if x == y     => "equal"
    case (x, y) if x == y + 1 => "one more"
    case (0, _) | (_, 0)      => "a zero"
    case _                    => "else"
  }
  println(List(both(3, 3), both(4, 3), both(0, 9), both(9, 0), both(1, 9)))
}
