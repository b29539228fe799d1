// unary_, apply, update, setters, op=, infix.
class Num(val n: Int) {
  def unary_- = Num(-n)
  def unary_! = n == 0
  def unary_~ = Num(~n)
  def unary_+ = this
  def apply(k: Int) = n * k
  infix def plus(o: Num) = Num(n + o.n)
  def plain(o: Num) = Num(n - o.n)
  def **(k: Int) = Num(List.fill(k)(n).product)
}

class Register {
  private val cells = Array(0, 0, 0)
  private var label = "none"
  def apply(i: Int): Int = cells(i)
  def update(i: Int, v: Int): Unit = cells(i) = v
  def name: String = label
  def name_=(s: String): Unit = label = s.toUpperCase
  def +=(n: Int): Unit = for i <- cells.indices do cells(i) += n
  def ++=(ns: Seq[Int]): Unit = for n <- ns do this += n
}

object Maker {
  def apply(s: String) = s"made $s"
  def apply(s: String, n: Int) = s"made $n $s"
}

@main def run(): Unit = {
  val two = Num(2)
  println((-two).n + (~two).n + (+two).n)
  println(!two)
  println(two(21))
  println((two plus Num(3)).n)
  println((two `plain` Num(3)).n)
  println((two ** 10).n)
  val register = Register()
  register(1) = 5
  register(2) += 7
  register += 1
  register ++= List(1, 2)
  println((0 to 2).map(register(_)))
  register.name = "abc"
  register.name += "d"
  println(register.name)
  println(Maker("x") + Maker("y", 2))
  val f = (n: Int) => n + 1
  println(f(1) + f.apply(2))
}
