// Libraries on top of libraries: the one at the bottom is there once, and texts that are equal are one.

//> library numbers
package numbers:
  object Series:
    lazy val squares: String = (1 to 6).map(n => n * n).mkString(",")
    def sum(n: Int): Int = (1 to n).sum
    def mark: String = "same"

//> library left
package left:
  import numbers.Series
  object Left:
    def twice(n: Int): Int = 2 * Series.sum(n)
    def squares: String = "left " + Series.squares
    def mark: String = Series.mark

//> library right
package right:
  import numbers.Series
  object Right:
    def thrice(n: Int): Int = 3 * Series.sum(n)
    def squares: String = "right " + Series.squares
    def isSame(mark: String): Boolean = mark eq Series.mark

//> program
import left.Left
import right.Right

@main def run(): Unit =
  println(Left.twice(10) + Right.thrice(4))
  println(Left.squares + " " + Right.squares)
  println(Right.isSame(Left.mark))
  println(Right.isSame("same"))
  println(numbers.Series.sum(100))
