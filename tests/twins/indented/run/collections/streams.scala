// Streams compute their first element at once and the others when they are asked for.
import scala.annotation.nowarn

@nowarn("cat=deprecation")
def naturals(n: Int): Stream[Int] =
  println("make " + n)
  n #:: naturals(n + 1)

@nowarn("cat=deprecation")
@main def main(): Unit =
  val all = naturals(0)
  println(all)
  val odd = all.map(_ * 2 + 1).filter(_ > 2)
  println(odd)
  println(odd.take(3).toList)
  println(odd)
  println("Hello".toStream.map(_.toLower).toSet.size)
  println(List(1, 2, 3).toStream)
  println(Stream(1, 2, 3).zip(Stream.from(5)).toList)
  println(Stream.empty[Int])
  println((Stream(1, 2) ++ Stream(3)).scanLeft(0)(_ + _).toList)
  println(Stream.iterate(1)(_ * 2).takeWhile(_ < 40).toVector)
  println(Stream(3, 1, 2).sorted.force)
  println(all.drop(2).head)
  println(Stream(1, 2, 3).updated(1, 9).toList)
  println(List(4, 5).toStream match {
    case Stream(a, b) => a + b
    case _ => 0
  })
