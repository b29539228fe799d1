// scalac warns: fields are read before they are set
// Parents first, then traits from the left, then the body; what is read too early is zero or null.
trait A {
  println("A")
  val x: Int
  val y = x + 1
  def show: String
  println(s"A sees ${show}")
}
trait B extends A {
  println("B")
  val z = 10
}
class Base(n: Int) {
  println(s"Base $n")
  def hook: String = "base"
  println(hook)
}
class C extends Base({ println("argument"); 5 }), B {
  println("C")
  val x = 41
  val text = "set"
  def show = s"$text $x $z"
  override def hook = s"hook $text"
  println(show)
}

@main def run(): Unit = {
  val c = C()
  println(c.y)
  println(c.show)
}
