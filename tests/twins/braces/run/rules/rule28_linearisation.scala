// super goes to the next in the linearisation of the object's class.
trait T0 {
  def m: String = "T0"
}
trait T1 extends T0 {
  override def m = s"T1(${super.m})"
}
trait T2 extends T0 {
  override def m = s"T2(${super.m})"
}
trait T3 extends T1, T2 {
  override def m = s"T3(${super.m})"
}
trait Abstract extends T0 {
  abstract override def m = s"A(${super.m})"
}
class Base extends T0 {
  override def m = s"Base(${super.m})"
}
class One extends T0, T1, T2
class Two extends T0, T2, T1
class Three extends T3
class Four extends Base, T2, T1
class Five extends Base, T3, Abstract
class Six extends Four, T3 {
  override def m = s"Six(${super.m}|${super[T3].m})"
}

@main def run(): Unit = {
  println(One().m)
  println(Two().m)
  println(Three().m)
  println(Four().m)
  println(Five().m)
  println(Six().m)
  val mixed = new Base with T1 with T2
  println(mixed.m)
}
