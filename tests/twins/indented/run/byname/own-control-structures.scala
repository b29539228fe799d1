// Methods that look like control structures.
object Main:
  def unless(condition: Boolean)(body: => Unit): Unit = if !condition then body

  def repeat(times: Int)(body: => Unit): Unit =
    var i = 0
    while i < times do
      body
      i += 1

  def until(condition: => Boolean)(body: => Unit): Unit =
    if !condition then
      body
      until(condition)(body)

  def choose[A](condition: Boolean)(yes: => A)(no: => A): A = if condition then yes else no

  def main(args: Array[String]): Unit =
    unless(1 > 2) { println("not") }
    unless(2 > 1) { println("never") }
    repeat(3) { print("x") }
    println()
    var n = 0
    until(n == 4):
      print(n)
      n += 1
    println()
    println(choose(n > 3) { "big" } { "small" })
