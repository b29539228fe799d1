// Precedence follows the first character of an operator.
@main def run(): Unit = {
  println(1 + 2 * 3 - 4 << 1 & 7)
  println(5 | 2 ^ 3 & 6)
  println(1 < 2 == true)
  println(2 + 3 * 4 % 5 - 6)
  println(1 << 2 + 3)
  println((1 << 2) + 3)
  println(10 - 4 - 3)
  println(100 / 10 / 5)
  println(100 / (10 / 5))
  println(false | 6 == 2)
  println(true || false && false)
  println((true || false) && false)
  println(!true || true)
  println(-2 * -3)
  println(1 - -1)
  println(~1 + 1)
}
