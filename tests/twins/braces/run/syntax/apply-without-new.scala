// `new` may be left out; an apply of the companion comes first.
class Plain(val n: Int)
class WithApply(val n: Int)
object WithApply {
  def apply(n: Int): WithApply = new WithApply(n * 100)
}
class Generic[A](val a: A)
class NoArguments {
  val value = 5
}

@main def run(): Unit = {
  println(Plain(1).n)
  println(WithApply(1).n)
  println(new WithApply(1).n)
  println(Generic("x").a)
  println(Generic[Long](3).a)
  println(NoArguments().value)
  println(List(1, 2).map(Plain(_)).map(_.n))
  class Functor(k: Int) {
    def apply(x: Int): Int = x * k
  }
  val f = Functor(3)
  println(f(5))
  println(Functor(4)(5))
}
