// A method where a function is expected becomes one.
object Tools {
  def square(n: Int): Int = n * n
  def join(a: String, b: String): String = a + "-" + b
}
class Adder(k: Int) {
  def add(n: Int): Int = n + k
}

@main def run(): Unit = {
  println(List(1, 2, 3).map(Tools.square))
  println(List("a", "b", "c").reduce(Tools.join))
  val adder = Adder(10)
  println(List(1, 2).map(adder.add))
  val f = Tools.square
  println(f(9))
  def local(x: Int) = x - 1
  val g: Int => Int = local
  println(g(0))
  def two(a: Int)(b: Int): Int = a * b
  val partial = two(6)
  println(partial(7))
  println(List(3, 4).map(Some(_)))
  println(List("1", "22").map(_.length))
  List(1, 2).foreach(println)
}
