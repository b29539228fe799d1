// Patterns, equality and objects of inner classes ask to which instance a value belongs.
trait Common {
  case class Data(a: String)
  case object Only
  sealed trait Shape
  case class Circle(r: Int) extends Shape
  case object Dot extends Shape
  class Plain(val n: Int)
  def isMine(x: Any): String = x match {
    case Data(s) => "mine " + s
    case Only => "my only"
    case p: Plain => "my plain " + p.n
    case _: Shape => "my shape"
    case _ => "other"
  }
  def area(s: Shape): Int = s match {
    case Circle(r) => r
    case Dot => 0
  }
  enum Color {
    case Red, Green
    case Mix(a: Color)
  }
  def color(x: Any): String = x match {
    case Color.Red => "red"
    case Color.Mix(_) => "mix"
    case c: Color => "color"
    case _ => "none"
  }
}
object O1 extends Common
object O2 extends Common
class K extends Common { class Oops extends Exception }
class Outer(val id: Int) {
  class Inner(val n: Int) {
    override def equals(o: Any): Boolean = o match {
      case that: Inner => n == that.n
      case _ => false
    }
    class Deep(val m: Int) {
      def same(o: Any): Boolean = o match {
        case d: Deep => true
        case _ => false
      }
    }
  }
  def make(n: Int): Inner = new Inner(n)
}
class Node[T] {
  class Cell(val v: T)
  def has(x: Any): Boolean = x.isInstanceOf[Cell]
  def has2(x: Any): Boolean = x match { case _: Cell => true; case _ => false }
}
@main def main(): Unit = {
  for x <- List[Any](O1.Data("a"), O2.Data("b"), O1.Only, O2.Only, new O1.Plain(1), new O2.Plain(2), O1.Dot, O2.Dot, O1.Circle(1)) do {
    println(O1.isMine(x) + ", " + O2.isMine(x))
    val r = x match {
      case O1.Data(_) => "d1"
      case O2.Data(_) => "d2"
      case O1.Only => "o1"
      case O2.Only => "o2"
      case _: O1.Plain => "p1"
      case _: O2.Plain => "p2"
      case O1.Dot => "dot1"
      case _: O2.Shape => "shape2"
      case _ => "no"
    }
    println(r)
  }
  println(O1.area(O1.Circle(3)) + O2.area(O2.Dot))
  val k1 = new K; val k2 = new K
  println(k1.isMine(k1.Data("x")) + k1.isMine(k2.Data("x")) + k1.isMine(k1.Only) + k1.isMine(k2.Only))
  println((k2.Data("x"): Any) match { case k1.Data(s) => 1; case k2.Data(s) => 2; case _ => 3 })
  println((k2.Only: Any) match { case k1.Only => 1; case k2.Only => 2; case _ => 3 })
  println(k1.Data("x") == k1.Data("x"))
  println((k1.Data("x"): Any) == k2.Data("x"))
  println((k1.Only: Any) == k2.Only)
  println(List(k1.color(k1.Color.Red), k1.color(k2.Color.Red), k1.color(k2.Color.Mix(k2.Color.Red)), k1.color(k1.Color.Mix(k1.Color.Red)), k1.color(k2.Color.Green)))
  val a = new Outer(1); val b = new Outer(2)
  println(a.make(1) == a.make(1))
  println((a.make(1): Any) == b.make(1))
  val d1 = new a.Inner(1); val d2 = new a.Inner(1)
  val e1 = new d1.Deep(1); val e2 = new d2.Deep(1)
  println(e1.same(e1) && !e1.same(e2))
  val n1 = new Node[Int]; val n2 = new Node[Int]
  println(List(n1.has(new n1.Cell(1)), n1.has(new n2.Cell(1)), n1.has2(new n1.Cell(1)), n1.has2(new n2.Cell(1))))
  import k1.{Data, Plain as P}
  println((k2.Data("x"): Any) match { case Data(s) => 1; case _ => 3 })
  println((k1.Data("x"): Any) match { case Data(s) => 1; case _ => 3 })
  println((new k2.Plain(1): Any) match { case _: P => 1; case _ => 3 })
  println((new k1.Plain(1): Any) match { case _: P => 1; case _ => 3 })
  println(try throw new k1.Oops catch { case e: k2.Oops => "k2" ; case e: k1.Oops => "k1" })
}
