// Traits take parameters.
trait Greeting(val name: String) {
  def message: String = s"Hello, $name"
}
trait Loud extends Greeting {
  override def message: String = super.message.toUpperCase
}
class Formal(title: String, n: String) extends Greeting(s"$title $n")
class Shout(n: String) extends Greeting(n), Loud

@main def run(): Unit = {
  println(Formal("Dr.", "Ada").message)
  println(Shout("Bob").message)
  println(Shout("Bob").name.length)
}
