// Arrays with elements that are written out: of every kind, evaluated from the left, each time a new
// one; and such whose elements come from a sequence or whose class only a tag knows.
import scala.reflect.ClassTag

final class Point(val x: Int)

object Log:
  var text = ""
  def note(value: Int): Int =
    text = text + value + " "
    value

def pair[T: ClassTag](x: T): Array[T] = Array(x, x)

def fresh(): Array[Int] = Array(1, 2, 3)

@main def main(): Unit =
  println(Array(1, 2, 3).mkString(","))
  println(Array[Long](1, 2).sum)
  println(Array(1.5f, 2.5f).map(_ + 1).mkString(","))
  println(Array[Double](1, 2.5).mkString(","))
  println(Array('a', 'b').mkString)
  println(Array[Byte](1, -1).mkString(","))
  println(Array[Short](1, -1).mkString(","))
  println(Array(true, false).mkString(","))
  println(Array("a", null, "b").mkString(","))
  println(Array[Any](1, "x", 2.0).mkString(","))
  println(Array(new Point(4)).map(_.x).mkString)
  println(Array[Int]().length)
  println(Array[Int](List(4, 5)*).mkString(","))
  println(Array(Array(1), Array(2, 3)).map(_.length).mkString(","))
  println(pair(7).mkString(","))
  println(pair("seven").mkString(","))
  val noted = Array(Log.note(1), Log.note(2), Log.note(3))
  println(Log.text + noted.length)
  val (first, second) = (fresh(), fresh())
  first(0) = 9
  println(second(0))
  try println(Array(1, 2 / (first(1) - 2), Log.note(4)).length)
  catch case failure: ArithmeticException => println(failure.getMessage + " " + Log.text)
