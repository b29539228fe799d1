// Assignments that only the next round of a loop, or the code behind a way out of it, needs.
final class Cell(var x: Int)

def remembered(xs: Array[Int]): Int =
  var last = 0
  var sum = 0
  var i = 0
  while i < xs.length do
    if last > 2 then
      sum += last
      last = 0
    else last = xs(i)
    i += 1
  sum * 10 + last

def left(xs: Array[Int], wanted: Int): (Int, Int) =
  var at = -1
  var tries = 0
  var i = 0
  while i < xs.length && at < 0 do
    tries = i
    if xs(i) == wanted then at = i
    else
      tries = 100
      i += 1
  (at, tries)

def kept(n: Int): Int =
  val cell = Cell(0)
  var i = 0
  while i < n do
    cell.x = i
    if i % 3 == 0 then cell.x = 50 + i
    i += 1
  cell.x

def caught(xs: Array[Int], by: Array[Int]): Int =
  val cell = Cell(0)
  var steps = 0
  try
    var i = 0
    while true do
      cell.x = xs(i)
      steps += 1
      cell.x = xs(i) / by(i)
      i += 1
  catch
    case e: ArithmeticException => steps += 100
    case e: ArrayIndexOutOfBoundsException => steps += 1000
  steps * 100 + cell.x

@main def run(): Unit =
  val xs = Array(1, 5, 7, 2, 9, 3)
  println(remembered(xs))
  println(s"${left(xs, 7)} ${left(xs, 8)} ${left(xs, 1)}")
  println(s"${kept(0)} ${kept(3)} ${kept(4)} ${kept(6)}")
  println(caught(xs, Array(1, 5, 0, 2)))
  println(caught(xs, Array(1, 5, 7, 2, 9, 3)))
  println(caught(xs, Array(1, 2)))
