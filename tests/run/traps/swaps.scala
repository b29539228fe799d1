// Values that change places in a loop, and arguments that take each other's place.
def places(n: Int): (Int, Int) =
  var a = 1
  var b = 2
  var i = 0
  while i < n do
    val old = a
    a = b
    b = old
    i += 1
  (a, b)

def around(n: Int): List[Long] =
  var a = 1L
  var b = 2L
  var c = 3L
  var d = 4L
  for _ <- 0 until n do
    val last = d
    d = c
    c = b
    b = a
    a = last + c
  List(a, b, c, d)

@annotation.tailrec
def tail(a: Int, b: Int, n: Int): Int =
  if n == 0 then a * 100 + b else tail(b, a - b, n - 1)

def even(n: Int, a: Int, b: Int): Int = if n == 0 then a - b else odd(n - 1, b, a)
def odd(n: Int, a: Int, b: Int): Int = if n == 0 then a + b else even(n - 1, b + 1, a)

def before(n: Int): Int =
  var i = 0
  var last = 0
  while
    last = i
    i += 1
    i < n
  do ()
  last * 100 + i

@main def run(): Unit =
  println(List(0, 1, 2, 5).map(places))
  println(List(0, 1, 4, 9).map(around))
  println(List(0, 1, 2, 7).map(tail(7, 3, _)))
  println(List(0, 1, 2, 7).map(even(_, 5, 3)))
  println(List(0, 1, 4).map(before))
