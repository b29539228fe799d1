// A lower-case name binds; capitalised, back-quoted and dotted names compare.
object Limits:
  val Max = 100
  val min = 1

object Main:
  val Target = 7
  def test(n: Int, expected: Int): String = n match
    case Target     => "target"
    case Limits.Max => "max"
    case Limits.min => "min"
    case `expected` => "expected"
    case other      => s"other $other"

  def main(args: Array[String]): Unit =
    println(test(7, 5))
    println(test(100, 5))
    println(test(1, 5))
    println(test(5, 5))
    println(test(6, 5))
    val n = 3
    5 match
      case n => println(s"shadows: $n")
    println(n)
