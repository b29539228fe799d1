// A by-name argument is evaluated each time it is used, and not when it is not.
@main def run(): Unit = {
  var n = 0
  def next(): Int = {
    n += 1
    n
  }
  def twice(x: => Int): Int = x + x
  def never(x: => Int): Int = 0
  def once(x: => Int): Int = {
    val v = x
    v + v
  }
  println(twice(next()))
  println(never(next()))
  println(once(next()))
  println(n)
}
