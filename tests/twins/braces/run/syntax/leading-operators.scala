// An operator at the beginning of a line continues the expression when a blank follows it.
@main def run(): Unit = {
  val a = 5
  val sum = a
    + 10
    - 3
  println(sum)
  val text = "x"
    + "y"
    + a
  println(text)
  val flag = a > 3
    && a < 10
    || a == 100
  println(flag)
  val chain = List(1, 2, 3)
    .map(_ * 2)
    .filter(_ > 2)
    .sum
  println(chain)
  val two = {
    println("block")
    -a
  }
  println(two)
}
