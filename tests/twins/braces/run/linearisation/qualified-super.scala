// super[T] names the trait whose member is meant.
trait A {
  def hello: String = "A"
}
trait B {
  def hello: String = "B"
}
class C extends A, B {
  override def hello: String = super[A].hello + super[B].hello + super.hello
}
class D extends C {
  override def hello: String = s"D(${super.hello})"
}

@main def run(): Unit = {
  println(C().hello)
  println(D().hello)
}
