// Given conversions apply where a value does not fit, and where a member is missing.
import scala.language.implicitConversions

case class Metres(value: Double) {
  def doubled: Metres = Metres(value * 2)
}
class Wrapped[A](val inside: A) {
  def twice: List[A] = List(inside, inside)
}

given Conversion[Double, Metres] = Metres(_)
given wrap: [A] => Conversion[Option[A], Wrapped[Option[A]]] = x => new Wrapped(x)
given Conversion[String, Metres] {
  def apply(text: String): Metres = Metres(text.length.toDouble)
}

def far(m: Metres): String = s"far: ${m.value}"

@main def main(): Unit = {
  println(far(2.5))
  println(far("four"))
  println("abc".doubled)
  println(Option(1).twice)
  val explicitly = summon[Conversion[Double, Metres]]
  println(explicitly(1.5))
  println(2.0.convert)
  println(List(1.0, 2.0).map(explicitly))
}
