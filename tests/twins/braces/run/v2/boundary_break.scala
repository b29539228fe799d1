// Leaving a block with a value.
import scala.util.boundary, boundary.break
import scala.util.control.Breaks

def firstEven(xs: List[Int]): Option[Int] =
  boundary {
    for x <- xs do if x % 2 == 0 then break(Some(x))
    None
  }

@main def test(): Unit = {
  println(firstEven(List(1, 3, 4, 5)))
  println(firstEven(List(1, 3)))
  boundary {
    for i <- 1 to 10 do {
      if i > 3 then break()
      println(i)
    }
  }
  val outer = boundary {
    val inner = boundary[Int] {
      break(7)
    }
    inner + 1
  }
  println(outer)
  val breaks = new Breaks
  println(breaks.tryBreakable { breaks.break(); 1 }.catchBreak(2))
}
