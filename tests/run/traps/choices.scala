// Branches that only decide between numbers: counted, compared, combined; and those that look alike
// but fail, or ask where it shows.
final class Point(val x: Int, val y: Int):
  def below(other: Point): Boolean = x < other.x && y < other.y
  def beside(other: Point): Boolean = x == other.x || y == other.y

def counted(xs: Array[Int], limit: Int): (Int, Int, Int) =
  var below = 0
  var left = xs.length
  var both = 0
  for x <- xs do
    if x < limit then below += 1
    if x == limit then left -= 1
    if x > 2 && x < limit then both += 1
  (below, left, both)

def larger(xs: Array[Int], at: Int): Int =
  val right = if at + 1 < xs.length && xs(at) < xs(at + 1) then at + 1 else at
  xs(right)

def sign(x: Int): Int = if x < 0 then -1 else if x > 0 then 1 else 0

def signOf(x: Double): Int = if x < 0.0 then -1 else if x >= 0.0 then 1 else 0

def within(x: Double, low: Double, high: Double): Boolean = !(x < low) && x <= high

def grade(x: Int): Int = if x >= 50 then 7 else 3

def letter(b: Boolean): Char = if b then 'b' else 'a'

def far(b: Boolean): Long = if b then Long.MaxValue else Long.MinValue

def asked(name: String, answer: Boolean): Boolean =
  print(s"$name ")
  answer

def vowel(c: Char): Boolean = c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'

def safe(a: Int, b: Int): Boolean = b != 0 && a / b > 1

def last(xs: Array[Int], n: Int): Int = if n > 0 then xs(n - 1) else -1

@main def run(): Unit =
  val xs = Array(5, 1, 4, 4, 2, 3, 9)
  println(s"${counted(xs, 4)} ${counted(xs, 100)} ${counted(Array(), 1)}")
  println(List(0, 1, 2, 5, 6).map(larger(xs, _)))
  println(s"${List(-5, 0, 7, Int.MinValue).map(sign)} ${List(-0.5, -0.0, 2.0, 0.0 / 0.0).map(signOf)}")
  println(List(0.0, 1.0, 1.5, 2.0, 0.0 / 0.0).map(within(_, 1.0, 2.0)))
  println(s"${grade(49)} ${grade(50)} ${letter(xs(0) > 4)} ${letter(xs(1) > 4)} ${far(xs(0) > 4)} ${far(xs(1) > 4)}")
  val (p, q) = (Point(1, 2), Point(2, 2))
  println(s"${p.below(q)} ${p.beside(q)} ${q.below(Point(3, 3))} ${p.beside(Point(3, 3))}")
  val result = asked("a", true) && asked("b", false) || asked("c", true)
  println(s"$result ${asked("d", false) && asked("e", true)}")
  println("apricot".map(c => if vowel(c) then 1 else 0).mkString)
  println(s"${safe(7, 0)} ${safe(7, 3)} ${safe(7, 7)} ${last(xs, 0)} ${last(xs, 7)}")
  try println(last(xs, 9))
  catch case e: ArrayIndexOutOfBoundsException => println(e.getMessage)
  var n = Int.MaxValue
  for x <- xs do if x % 2 == 1 then n += 1
  println(n)
