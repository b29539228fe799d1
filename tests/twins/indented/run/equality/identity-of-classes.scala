// Ordinary classes are equal only to themselves, unless they say otherwise.
class Box(val n: Int)
class Money(val cents: Int):
  override def equals(that: Any): Boolean = that match
    case other: Money => cents == other.cents
    case _            => false

object Main:
  def main(args: Array[String]): Unit =
    val a = new Box(1)
    val b = new Box(1)
    val c = a
    println(a == b)
    println(a == c)
    println(a != b)
    println(List(a) == List(a))
    println(List(a) == List(b))
    println(new Money(5) == new Money(5))
    println(new Money(5) == new Money(6))
    println(List(new Money(5)).contains(new Money(5)))
