// What failures are called, and what they say.
import scala.util.Try

def show(value: => Any): Unit =
  try println(value)
  catch case e: Throwable => println(e)

@main def run(): Unit = {
  show(assert(1 > 2, "m"))
  show(assert(1 > 2))
  show(require(1 > 2, "r"))
  show(require(1 > 2))
  show(???)
  show(List[Int]().head)
  show(List[Int]().tail)
  show(List[Int]().last)
  show(Vector[Int]().head)
  show(None.get)
  show(List(1)(5))
  show(Vector(1)(5))
  show(Array(1)(5))
  show("abc".charAt(7))
  show("abc".substring(2, 1))
  show(Map(2 -> 3)(1))
  show(List[Int]().max)
  show(List[Int]().reduce(_ + _))
  show(1 to 5 by 0)
  show(sys.error("boo"))
  show(List(1, 2).take(-1))
  show(List(1, 2).drop(9))
  show(List(1, 2).slice(-3, 9))
  show("ab".take(9))
  show(Iterator[Int]().next())
  show(Try(1 / List[Int]().size))
  show(Left(1).toOption.get)
  show("x".toInt)
  show(List(1).apply(-1))
  show(scala.collection.mutable.ArrayBuffer(1)(3))
}
