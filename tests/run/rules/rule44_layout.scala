// scalac warns: pure expressions in statement position
// Where statements end and blocks begin.
def f(a: Int)(b: Int): Int = a * 10 + b
def id(n: Int): Int = n

def ret(n: Int): Int =
  return
    n + 1

def m(n: Int): String =
  n match
  case 0 => "zero"
  case _ => "more"

@main def run(): Unit =
  println:
    f(1)
      (2)
  val a = 5
  val b = a
    + 1
  println(b)
  val c = a
  +1
  println(c)
  println(ret(1))
  println(m(0) + m(1))
  val d =
    if a > 3
      && b > 3
    then
      "both"
    else
      "one"
  println(d)
  val e = List(1, 2, 3)
    .map: n =>
      val t = n * 2
      t
    .filter(_ > 2)
  println(e)
  if a > 3 then
    println("then")
  else
    println("else")
  end if
  for
    i <- 1 to 2
    j = i * i
  do
    println(j)
