// ??? throws a NotImplementedError when it is reached.
@main def run(): Unit = {
  def later(n: Int): String = if n < 2 then "done" else ???
  println(later(1))
  println(later(2))
}
