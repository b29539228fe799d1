// Tail calls with default and named arguments, and inside match and blocks.
@main def run(): Unit = {
  def countDown(n: Int, step: Int = 1, turns: Int = 0): Int =
    if n <= 0 then turns
    else {
      val next = n - step
      countDown(turns = turns + 1, n = next, step = step)
    }
  println(countDown(100000))
  println(countDown(100000, step = 7))
  def parse(chars: List[Char], value: Int = 0): Int = chars match {
    case c :: rest if c.isDigit => parse(rest, value * 10 + c.asDigit)
    case _ :: rest              => parse(rest, value)
    case Nil                    => value
  }
  println(parse("1a2b3".toList))
}
