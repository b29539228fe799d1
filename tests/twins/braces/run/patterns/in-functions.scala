// Functions given as cases.
@main def run(): Unit = {
  val swap: ((Int, Int)) => (Int, Int) = { case (a, b) => (b, a) }
  println(swap((1, 2)))
  val name: Int => String = {
    case 0 => "zero"
    case n if n < 0 => "negative"
    case _ => "positive"
  }
  println(List(-1, 0, 1).map(name))
  println(List((1, "a"), (2, "b")).map { case (n, s) => s * n })
  println(Map("x" -> 1).map { case (k, v) => s"$k=$v" })
  println(List(Some(1), None, Some(3)).map {
    case Some(n) => n
    case None    => 0
  }.sum)
  println(List(1, 2, 3, 4).foldLeft((0, 0)) {
    case ((odd, even), n) if n % 2 == 0 => (odd, even + n)
    case ((odd, even), n)               => (odd + n, even)
  })
}
