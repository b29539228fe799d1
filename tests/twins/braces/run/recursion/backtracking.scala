// Subsets that sum to a target, and all ways to climb stairs.
@main def run(): Unit = {
  def subsets(xs: List[Int], target: Int): List[List[Int]] = xs match {
    case _ if target == 0 => List(Nil)
    case Nil              => Nil
    case x :: rest =>
      val without = subsets(rest, target)
      if x <= target then subsets(rest, target - x).map(x :: _) ::: without else without
  }
  println(subsets(List(3, 5, 2, 8, 7), 10))
  def stairs(n: Int): List[List[Int]] =
    if n == 0 then List(Nil)
    else List(1, 2).filter(_ <= n).flatMap(s => stairs(n - s).map(s :: _))
  println(stairs(4))
  println(stairs(10).length)
  def parentheses(open: Int, close: Int): List[String] =
    if open == 0 && close == 0 then List("")
    else
      (if open > 0 then parentheses(open - 1, close).map("(" + _) else Nil) :::
        (if close > open then parentheses(open, close - 1).map(")" + _) else Nil)
  println(parentheses(3, 3))
}
