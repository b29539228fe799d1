// Overloads are chosen by number and class of the arguments.
class Printer {
  def show(n: Int): String = s"int $n"
  def show(s: String): String = s"string $s"
  def show(a: Int, b: Int): String = s"two $a $b"
  def show(xs: List[Int]): String = s"list of ${xs.length}"
  def show(b: Boolean): String = s"boolean $b"
}

@main def run(): Unit = {
  val p = Printer()
  println(p.show(1))
  println(p.show("a"))
  println(p.show(1, 2))
  println(p.show(List(1, 2, 3)))
  println(p.show(1 > 2))
  println(p.show('a'))
}
