// `new { … }` extends the class that its place expects.
trait Greeter {
  def name: String
  def greet: String = "hello " + name
}
abstract class Counter[T](val start: Int = 3) {
  def next(x: T): Int
}

def use(greeter: Greeter): Unit = println(greeter.greet)

@main def main(): Unit = {
  val greeter: Greeter = new { def name: String = "you" }
  use(greeter)
  use(new { val name: String = "all" })
  val counter: Counter[String] = new { def next(x: String): Int = start + x.length }
  println(counter.next("four"))
}
