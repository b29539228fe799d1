// new may be left out; an apply of the companion comes first.
class Plain(val n: Int)
class Made(val n: Int)
object Made {
  def apply(n: Int): Made = new Made(n * 100)
}
case class Data(n: Int)
object Data {
  def apply(s: String): Data = Data(s.length)
}
class Generic[A](val a: A) {
  class Inner(val b: A)
  def inner(b: A) = Inner(b)
}
class Several(val text: String) {
  def this(n: Int) = this("n" * n)
  def this() = this(3)
}
trait Shape {
  def area: Int
}

@main def run(): Unit = {
  println(Plain(1).n)
  println(Made(1).n)
  println(new Made(1).n)
  println(Data("four") == Data(4))
  println(Generic("a").inner("b").b)
  println(Several().text + Several(2).text + Several("x").text)
  println(List(1, 2).map(Plain(_)).map(_.n))
  println(List(1, 2).map(Data(_)))
  val shape = new Shape { def area = 4 }
  println(shape.area)
  println(StringBuilder("sb").append(1))
  println(RuntimeException("e").getMessage)
}
