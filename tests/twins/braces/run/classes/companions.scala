// Companions see each other's private members; factory methods by apply.
class Temperature private (private val tenths: Int) {
  def celsius: Int = tenths / 10
  def warmer(that: Temperature): Boolean = tenths > that.tenths
}

object Temperature {
  private var made = 0
  def apply(celsius: Int): Temperature = {
    made += 1
    new Temperature(celsius * 10)
  }
  def fahrenheit(f: Int): Temperature = {
    made += 1
    new Temperature((f - 32) * 50 / 9)
  }
  def count: Int = made
  def raw(t: Temperature): Int = t.tenths
}

@main def run(): Unit = {
  val a = Temperature(20)
  val b = Temperature.fahrenheit(86)
  println(b.celsius)
  println(b.warmer(a))
  println(Temperature.raw(b))
  println(Temperature.count)
}
