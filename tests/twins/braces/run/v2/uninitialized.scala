// scalac warns: `= _` is deprecated
import scala.compiletime.uninitialized

class Cell {
  var count: Int = uninitialized
  var ratio: Double = uninitialized
  var flag: Boolean = uninitialized
  var text: String = uninitialized
  var list: List[Int] = _
  var letter: Char = _
}

@main def test(): Unit = {
  val cell = Cell()
  println(cell.count)
  println(cell.ratio)
  println(cell.flag)
  println(cell.text)
  println(cell.list == null)
  println(cell.letter.toInt)
  cell.count += 1
  println(cell.count)
}
