// Default and named arguments.
@main def run(): Unit = {
  def box(w: Int, h: Int = 2, d: Int = 3): String = s"$w x $h x $d"
  println(box(1))
  println(box(1, 5))
  println(box(1, d = 9))
  println(box(d = 1, w = 7))
  println(box(h = 0, d = 0, w = 0))
  println(box(4, h = 8))
  case class Options(name: String = "none", level: Int = 1, tags: List[String] = Nil)
  println(Options())
  println(Options(level = 3))
  println(Options("x", tags = List("a")))
  class Window(val title: String, val width: Int = 80)
  println(Window("t").width)
}
