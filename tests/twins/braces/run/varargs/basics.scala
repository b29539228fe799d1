// A repeated parameter is a sequence inside; `xs*` passes one.
@main def run(): Unit = {
  def sum(xs: Int*): Int = xs.sum
  println(sum())
  println(sum(1))
  println(sum(1, 2, 3))
  val list = List(4, 5, 6)
  println(sum(list*))
  println(sum((1 to 10)*))
  println(sum(Vector(7)*))
  def tagged[A](tag: String, values: A*): String = values.mkString(s"$tag(", "|", ")")
  println(tagged("t", 1, 2, 3))
  println(tagged("t"))
  def show(xs: String*): String = s"${xs.length} $xs"
  println(show("a", "b"))
  println(show(List("c")*))
}
