// Conversions as implicit arguments, and implicit functions as conversions.
import scala.language.implicitConversions

object Test {
  class Meters(val value: Int)
  implicit def meters(value: Int): Meters = new Meters(value)
  def length[T](x: T)(implicit view: T => Meters): Int = view(x).value
  def convert[A, B](x: A)(implicit view: A => B): B = view(x)
  def widen[A, B](x: A)(implicit evidence: A <:< B): B = x
  def main(args: Array[String]): Unit = {
    println(length(3))
    println(convert[Int, Meters](4).value)
    println(widen[String, Any]("text"))
  }
}
