class Outer(val name: String) {
  class Inner { def who: String = name }
  trait Mix { def mixed: String = name + "!" }
  abstract class Base(n: Int) { def full: String = name + n }
  def own: Inner = new Inner {}
  def ownBase: Base = new Base(3) {}
  class Sub extends Inner
  object Obj extends Base(7)
}
@main def main(): Unit = {
  val a = new Outer("a"); val b = new Outer("b")
  println(a.own.who)
  println(a.ownBase.full + new b.Sub().who + b.Obj.full)
}
