// Infix patterns with case classes of two parameters.
case class ~[A, B](left: A, right: B)
infix case class And(a: Int, b: Int)

object Main:
  def sum(p: ~[~[Int, Int], Int]): Int = p match
    case a ~ b ~ c => a + b + c
  def main(args: Array[String]): Unit =
    println(sum(new ~(new ~(1, 2), 3)))
    And(4, 5) match
      case a And b => println(a * b)
    1 :: 2 :: Nil match
      case x :: y :: Nil => println(x - y)
      case _ => println("else")
    println(new ~(1, "x"))
