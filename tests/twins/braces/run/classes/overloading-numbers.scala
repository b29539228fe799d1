// The most specific overload by the types of the arguments.
class Wide {
  def f(n: Int): String = s"Int $n"
  def f(n: Long): String = s"Long $n"
  def g(n: Long): String = s"only Long $n"
  def h(n: Int, s: String): String = s"Int, String"
  def h(s: String, n: Int): String = s"String, Int"
}

object Wide {
  def apply(): Wide = new Wide
  def k(x: Option[Int]): String = "option"
  def k(x: List[Int]): String = "list"
  def k(x: Int*): String = s"many ${x.length}"
}

@main def run(): Unit = {
  val w = Wide()
  println(w.f(1))
  println(w.f(1L))
  println(w.f('c'))
  println(w.f(1 + 1L))
  println(w.g(5))
  println(w.g('a'))
  println(w.h(1, ""))
  println(w.h("", 1))
  println(Wide.k(Some(1)))
  println(Wide.k(List(1)))
  println(Wide.k(1, 2, 3))
  println(Wide.k())
}
