// The members of a package object are members of its package.
package object shapes:
  val unit: Int = 1
  type Name = String
  def area(side: Int): Int = side * side * unit
  implicit class Sized(text: Name):
    def boxed: Name = "[" + text + "]"
  private[shapes] val hidden: Int = 40

package shapes:
  class Square(val side: Int):
    def show: Name = "square".boxed + " " + area(side) + " " + (hidden + 2)

object Main:
  import shapes.*
  def main(args: Array[String]): Unit =
    println(new Square(3).show)
    println(shapes.area(4))
    println("x".boxed)
