// What can be seen as comparable has an order.
import scala.math.Ordered.orderingToOrdered

class Version(val parts: List[Int]) extends Ordered[Version] {
  def compare(that: Version): Int = parts.sum - that.parts.sum
  override def toString: String = parts.mkString(".")
}

def least[T](xs: List[T])(implicit ord: T => Ordered[T]): T =
  xs.reduce((a, b) => if a < b then a else b)

def biggest[T](xs: List[T])(using T => Comparable[T]): T = xs.max

@main def main(): Unit = {
  val versions = List(Version(List(2, 1)), Version(List(1, 1)), Version(List(3)))
  println(versions.sorted)
  println(least(versions))
  println(least(List(3, 1, 2)))
  println(biggest(versions))
}
