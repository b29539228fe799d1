// One array or object with two names, and copies within one array.
final class Cell(var content: Int, var next: Cell | Null)

def both(a: Array[Int], b: Array[Int], at: Int): Int =
  a(0) = 4
  val before = a(0)
  b(at) = 9
  before * 100 + a(0)

def cells(a: Cell, b: Cell): Int =
  a.content = 1
  b.content = 2
  val seen = a.content
  b.content += a.content
  seen * 10 + a.content

def rounds(xs: Array[Int], ys: Array[Int]): Int =
  var sum = 0
  var i = 0
  while i < xs.length do
    sum += xs(0)
    ys(0) = ys(0) + i
    i += 1
  sum

@main def run(): Unit =
  val a = Array(1, 2, 3, 4)
  val b = Array(5, 6, 7, 8)
  println(s"${both(a, a, 0)} ${both(a, b, 0)} ${both(a, a, 1)}")
  val c = Cell(7, null)
  val d = Cell(8, c)
  println(s"${cells(c, c)} ${cells(c, d)} ${cells(d, c)}")
  println(s"${rounds(a, a)} ${rounds(a, b)}")
  val xs = Array(1, 2, 3, 4, 5)
  val second = xs(1)
  Array.copy(xs, 0, xs, 1, 4)
  println(s"$second ${xs(1)} ${xs.toList}")
  Array.copy(xs, 2, xs, 0, 3)
  println(xs.toList)
  val rows = Array.fill(2)(a)
  rows(0)(3) = 40
  rows(1)(3) += 2
  println(s"${a(3)} ${rows(0)(3)}")
