// Objects in objects, constants, type members by import.
object Shapes:
  val unit = 1
  object Square:
    val sides = 4
    def area(n: Int): Int = n * n * unit
  object Names:
    object English { val square = "square" }
  case class Box(w: Int, h: Int)

object Main:
  import Shapes.*
  import Shapes.Names.{English => E}

  def main(args: Array[String]): Unit =
    println(Square.area(3))
    println(Square.sides)
    println(E.square)
    println(Box(1, 2))
    import Shapes.Square.sides as count
    println(count)
