// Anonymous classes of a trait or an abstract class.
trait Greeter {
  def greet(name: String): String
}
abstract class Counter(start: Int) {
  var n: Int = start
  def step: Int
  def next(): Int = {
    n += step
    n
  }
}

@main def run(): Unit = {
  val polite = new Greeter {
    def greet(name: String): String = s"Good day, $name"
  }
  println(polite.greet("Ann"))
  val twos = new Counter(10) { def step = 2 }
  println(twos.next())
  println(twos.next())
  var calls = 0
  val counting = new Greeter {
    def greet(name: String): String = {
      calls += 1
      s"$calls $name"
    }
  }
  counting.greet("a")
  println(counting.greet("b"))
  println(List[Greeter](polite, counting).map(_.greet("x")))
}
