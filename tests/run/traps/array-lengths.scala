// Lengths and indices that have wrapped around.
def made(n: Int): String =
  try
    val xs = new Array[Int](n * 2)
    s"${n.max(0)}"
  catch case e: NegativeArraySizeException => s"negative ${e.getMessage}"

def read(n: Int, at: Int): String =
  try
    val xs = new Array[Int](n * 4)
    if at < n then s"${xs(at)} ${xs.length}" else "above"
  catch case e: ArrayIndexOutOfBoundsException => e.getMessage

def sum(xs: Array[Int], at: Int): String =
  try
    val i = at + 3
    if i < xs.length then s"${xs(i)}" else s"${xs(at)}"
  catch case e: ArrayIndexOutOfBoundsException => e.getMessage

def around(from: Int, count: Int): Int =
  var i = from
  var below = 0
  while i != from + count do
    if i < 0 then below += 1
    i += 1
  below

def scaled(xs: Array[Int], base: Int): Int =
  var sum = 0
  var i = 0
  while i < xs.length do
    sum ^= (base + i) * 4 + xs(i)
    i += 1
  sum

@main def run(): Unit =
  println(s"${made(2)} ${made(1073741824)} ${made(-3)}")
  println(s"${read(1073741825, 3)} ${read(1073741825, 4)} ${read(2, 9)}")
  val xs = Array(1, 2, 3, 4)
  println(s"${sum(xs, 0)} ${sum(xs, 1)} ${sum(xs, Int.MaxValue)} ${sum(xs, Int.MaxValue - 2)} ${sum(xs, -4)}")
  println(s"${around(Int.MaxValue - 2, 6)} ${around(-3, 6)}")
  println(s"${scaled(xs, 1073741823)} ${scaled(xs, -7)}")
