// Objects extend classes and traits and are passed as values.
trait Operation {
  def symbol: String
  def run(a: Int, b: Int): Int
}
object Plus extends Operation {
  def symbol = "+"
  def run(a: Int, b: Int): Int = a + b
}
case object Times extends Operation {
  def symbol = "*"
  def run(a: Int, b: Int): Int = a * b
}
abstract class Named(val name: String)
object Origin extends Named("origin") with Operation {
  def symbol = "0"
  def run(a: Int, b: Int): Int = 0
}

@main def run(): Unit = {
  val all: List[Operation] = List(Plus, Times, Origin)
  for op <- all do println(s"3 ${op.symbol} 4 = ${op.run(3, 4)}")
  println(Times)
  println(Origin.name)
  println(all.map(_.run(2, 5)).sum)
}
