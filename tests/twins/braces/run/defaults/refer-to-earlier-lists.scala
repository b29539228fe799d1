// A default may use earlier parameter lists.
@main def run(): Unit = {
  def part(text: String)(from: Int = 0, until: Int = text.length): String = text.substring(from, until)
  println(part("hello")())
  println(part("hello")(2))
  println(part("hello")(until = 3))
  println(part("hello")(1, 4))
  def scale(x: Int)(factor: Int = x): Int = x * factor
  println(scale(5)())
  println(scale(5)(2))
}
