// What fails does so where it stands: not before what is printed first, not in rounds that never
// come, and not at all where nobody gets.
def early(by: Int, n: Int): Int =
  var sum = 0
  var i = 0
  while i < n do
    print(s"$i ")
    sum += 100 / by
    i += 1
  sum

def guarded(xs: Array[Int], by: Int): Int =
  var sum = 0
  var i = 0
  while i < xs.length do
    if by != 0 then sum += xs(i) / by
    i += 1
  sum

def chosen(ask: Boolean, xs: Array[Int], at: Int, by: Int): Int =
  val a = if ask then xs(at) else -1
  val b = if by == 0 then 7 else a / by
  if at >= 0 && at < xs.length then xs(at) + b else b

def unused(xs: Array[Int], at: Int, text: String): Int =
  val ignored = xs(at)
  val alsoIgnored = text.charAt(at)
  val converted = text.toInt
  1

def attempt(body: => Int): Unit =
  try println(body)
  catch
    case e: ArithmeticException => println(s"arithmetic: ${e.getMessage}")
    case e: NumberFormatException => println(s"format: ${e.getMessage}")
    case e: IndexOutOfBoundsException => println(s"index: ${e.getMessage}")
    case e: NullPointerException => println("null")

@main def run(): Unit =
  val xs = Array(3, 6, 9)
  attempt(early(5, 3))
  attempt(early(0, 3))
  attempt(early(0, 0))
  attempt(guarded(xs, 0))
  attempt(guarded(xs, 3))
  attempt(chosen(false, xs, 7, 0))
  attempt(chosen(true, xs, 7, 0))
  attempt(chosen(true, xs, 2, 3))
  attempt(chosen(false, xs, -1, 0))
  attempt(unused(xs, 1, "12"))
  attempt(unused(xs, 3, "1234"))
  attempt(unused(xs, 1, "x1"))
  attempt(if xs(0) > 2 then 10 / (xs(0) - 3) else xs(9))
