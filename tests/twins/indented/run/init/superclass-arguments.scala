// Arguments of the superclass are evaluated before its body.
object Trace:
  def apply[A](name: String, value: A): A =
    println(s"evaluate $name")
    value
class Base(x: Int):
  println(s"Base body $x")
  val doubled = Trace("doubled", x * 2)
class Derived(y: Int) extends Base(Trace("argument", y + 1)):
  println("Derived body")
  val tripled = Trace("tripled", doubled + y)

object Main:
  def main(args: Array[String]): Unit =
    val d = new Derived(10)
    println(d.doubled)
    println(d.tripled)
