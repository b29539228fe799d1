// Functions in lists, maps and results.
@main def run(): Unit = {
  val operations: Map[String, (Int, Int) => Int] = Map(
    "+" -> (_ + _),
    "-" -> (_ - _),
    "max" -> ((a, b) => if a > b then a else b)
  )
  println(List("+", "-", "max").map(op => operations(op)(7, 9)))
  println(operations.get("/").map(f => f(1, 0)))
  def rpn(text: String): Int =
    text.split(" ").foldLeft(List.empty[Int]) { (stack, token) =>
      (operations.get(token), stack) match {
        case (Some(f), b :: a :: rest) => f(a, b) :: rest
        case _                         => token.toInt :: stack
      }
    }.head
  println(rpn("3 4 + 10 -"))
  println(rpn("1 2 max 7 max 3 -"))
  def power(n: Int): Int => Int = if n == 0 then _ => 1 else x => x * power(n - 1)(x)
  println(List(0, 1, 5).map(power(_)(2)))
}
