// A simple enum: values, ordinal, valueOf, match.
enum Direction {
  case North, East, South, West
  def right: Direction = Direction.fromOrdinal((ordinal + 1) % 4)
  def opposite: Direction = right.right
  def letter: Char = toString.head
}

@main def run(): Unit = {
  import Direction.*
  println(North.right)
  println(Direction.values.toList)
  println(Direction.valueOf("South").opposite)
  for d <- Direction.values do print(s"${d.letter}${d.ordinal} ")
  println()
  def dx(d: Direction): Int = d match {
    case East          => 1
    case West          => -1
    case North | South => 0
  }
  println(Direction.values.map(dx).toList)
}
