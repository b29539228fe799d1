// private members are visible in other instances of the class.
class Secret(private val code: Int):
  def same(that: Secret): Boolean = code == that.code
  def sum(others: List[Secret]): Int = others.map(_.code).sum + code
  protected def hint: Int = code % 10
class Leaky(code: Int) extends Secret(code):
  def tell: Int = hint

object Main extends App:
  println(new Secret(42).same(new Secret(42)))
  println(new Secret(1).sum(List(new Secret(2), new Secret(3))))
  println(new Leaky(57).tell)
