// The most specific method by the types of the arguments.
trait Animal
class Cat extends Animal
def f(n: Int) = "Int"
def f(n: Long) = "Long"
def f(d: Double) = "Double"
def f(a: Any) = "Any"
def g(a: Animal) = "animal"
def g(c: Cat) = "cat"
def h(n: Int, more: Int*) = "varargs"
def h(n: Int) = "one"
def h(n: Int, m: Int) = "two"
def k(f: Int => Int) = "function"
def k(s: String) = "string"
def m[A](a: A) = "generic"
def m(s: String) = "string"
def d(n: Int, s: String = "") = "default"
def d(n: Int) = "plain"
class Over {
  def on(x: List[Int]) = "list"
  def on(x: Seq[Int]) = "seq"
  def on(x: Int)(y: String) = "curried"
}

@main def run(): Unit = {
  println(f('c') + f(1) + f(1L) + f(1.5f) + f("s"))
  val b: Byte = 1
  println(f(b))
  println(g(Cat()))
  val a: Animal = Cat()
  println(g(a))
  println(h(1) + h(1, 2) + h(1, 2, 3))
  println(k(_ + 1) + k("s"))
  println(m("s") + m(1))
  println(d(1) + d(1, "x"))
  println(Over().on(List(1)) + Over().on(Vector(1)) + Over().on(1)("y"))
}
