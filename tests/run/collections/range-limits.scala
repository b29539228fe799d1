// Going through ranges at the ends of Int, with steps that do not meet the end, and through empty ones;
// what else a range says of its last number.
def show(range: Range): String =
  var text = ""
  var rounds = 0
  for i <- range do
    text = text + i + " "
    rounds += 1
  text + "in " + rounds

@main def main(): Unit =
  val (smallest, largest) = (Int.MinValue, Int.MaxValue)
  println(show(largest - 2 to largest))
  println(show(largest - 2 until largest))
  println(show(smallest + 2 to smallest by -1))
  println(show(smallest + 2 until smallest by -1))
  println(show(smallest to smallest))
  println(show(largest until largest))
  println(show(largest to largest by -1))
  println(show(smallest to largest by largest))
  println(show(smallest until largest by largest))
  println(show(largest to smallest by smallest))
  println(show(largest until smallest by -1000000000))
  println(show(0 to 10 by 3))
  println(show(0 until 9 by 3))
  println(show(0 to 9 by 3))
  println(show(10 to 0 by -4))
  println(show(8 until 0 by -4))
  println(show(5 to 4))
  println(show(5 until 5))
  println(show(4 to 5 by -1))
  println(show(smallest until smallest))
  println(show(0 until smallest))
  for range <- List(0 to 10 by 3, 0 until 9 by 3, 10 to 1 by -4, largest - 3 until largest, 7 to 7) do
    println(s"${range.length} ${range.head} ${range.last} ${range.isEmpty} ${range.reverse.toList}")
    println(s"${range.contains(range.last)} ${range(range.length - 1)} ${range.max} ${range.sum}")
  println((0 until 0).isEmpty.toString + (0 to 0).nonEmpty + (1 to 0).length)
  println((0 until 10 by 3) == (0 to 9 by 3))
  println((1 to 0) == (5 until 5))
  val step = 0
  try println((0 to 1 by step).length) catch case failure: IllegalArgumentException => println(failure.getMessage)
  try println((1 to 0).last) catch case failure: NoSuchElementException => println(failure.getMessage)
