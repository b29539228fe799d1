// What was known before two ways meet does not hold behind them if one of them changed it.
final class Cell(var x: Int, var other: Any)
object State:
  var n = 3
  var text = "a"

def field(c: Cell, ask: Boolean): Int =
  c.x = 4
  val before = c.x
  if ask then c.x = 9
  before * 10 + c.x

def element(xs: Array[Int], at: Int, ask: Boolean): Int =
  xs(at) = 4
  val before = xs(at)
  if ask then xs(0) = 9
  before * 10 + xs(at)

def variable(ask: Boolean): String =
  State.n = 3
  State.text = "a"
  val before = State.n
  if ask then change()
  s"$before ${State.n} ${State.text}"

def change(): Unit =
  State.n += 1
  State.text += "b"

def condition(a: Int, b: Int): Int =
  var x = a
  if x == 3 then x = b
  val first = if x == 3 then 1 else 2
  if a < b then x += 1 else x -= 1
  first * 100 + (if a < b then x * 10 else x)

def kind(c: Cell): String =
  val before = c.other match
    case n: Int =>
      c.other = s"was $n"
      n
    case _ => 0
  val after = c.other match
    case n: Int => s"number $n"
    case s: String => s"text $s"
    case _ => "else"
  s"$before $after"

def rounds(n: Int): List[Int] =
  val c = Cell(1, null)
  var seen = List.empty[Int]
  for _ <- 0 until n do
    seen = c.x :: seen
    c.x = c.x * 2
    if c.x > 5 then c.x -= 5
  seen

@main def run(): Unit =
  val c = Cell(0, 5)
  println(s"${field(c, false)} ${field(c, true)}")
  val xs = new Array[Int](2)
  println(s"${element(xs, 0, false)} ${element(xs, 0, true)} ${element(xs, 1, true)}")
  println(s"${variable(false)} ${variable(true)}")
  println(List((3, 3), (3, 4), (4, 3), (2, 3), (3, 2)).map(condition))
  println(s"${kind(c)}, ${kind(c)}, ${kind(Cell(0, 1.5))}")
  println(rounds(6))
