// `o.x = v` calls `x_=` when x has a setter.
class Thermometer {
  private var milli: Int = 0
  def celsius: Int = milli / 1000
  def celsius_=(value: Int): Unit = {
    println(s"set $value")
    milli = value * 1000
  }
}

class Pair(var left: Int, var right: Int)

@main def run(): Unit = {
  val t = new Thermometer
  t.celsius = 21
  println(t.celsius)
  t.celsius += 2
  println(t.celsius)
  val p = Pair(1, 2)
  p.left = p.right
  p.right *= 10
  println(s"${p.left} ${p.right}")
}
