// What a variable without a value holds, by its type.
import scala.compiletime.uninitialized

class Metres(val count: Int) extends AnyVal {
  override def toString: String = s"$count m"
}

class Label(val text: String) extends AnyVal

class Holder {
  var int: Int = uninitialized
  var text: String = uninitialized
  var unit: Unit = uninitialized
  var metres: Metres = uninitialized
  var label: Label = uninitialized
}

@main def values(): Unit = {
  val holder = Holder()
  println(holder.int)
  println(holder.text)
  println(holder.unit)
  println(holder.metres)
  println(holder.metres == Metres(0))
  println(holder.label.text)
  holder.metres = Metres(3)
  println(holder.metres)
}
