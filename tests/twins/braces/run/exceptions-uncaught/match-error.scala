// No case fits: the guard of the only candidate fails.
@main def run(): Unit = {
  def small(n: Int): String = n match {
    case 0          => "zero"
    case x if x < 3 => "small"
  }
  println(small(0) + small(2))
  println(small(5))
}
