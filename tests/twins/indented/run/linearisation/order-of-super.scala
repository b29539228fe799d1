// super in a trait goes to the next in the linearisation of the object's class.
trait T0 { def name: String = "T0" }
trait T1 extends T0 { override def name: String = s"T1(${super.name})" }
trait T2 extends T0 { override def name: String = s"T2(${super.name})" }
trait T3 extends T1 with T2 { override def name: String = s"T3(${super.name})" }
class A extends T0 with T1 with T2
class B extends T0 with T2 with T1
class C extends T1 with T3
class D extends A with T3

object Main extends App:
  println(new A().name)
  println(new B().name)
  println(new C().name)
  println(new D().name)
  println((new T2 with T1).name)
  println((new T1 with T2).name)
