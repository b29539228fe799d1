// Arguments are computed before the body runs, whatever it does to what they were read from.
object State:
  var n = 1
  def next(): Int =
    n += 1
    n

def small(a: Int, b: Int, c: Int): Int =
  State.n = 100
  c * 10000 + b * 100 + a

def late(a: Int, f: Int => Int, b: Int): Int =
  State.n = 50
  f(b) - a

def unused(a: Int, b: Int): Int = a

final class Counter(var n: Int):
  def add(by: Int): Counter =
    n += by
    this
  def both(a: Int, b: Int): Int = (n * 10 + a) * 10 + b

@main def run(): Unit =
  println(small(State.n, State.next(), State.n))
  println(State.n)
  println(small(c = State.next(), a = State.n, b = State.next()))
  println(late(State.n, x => x + State.n, State.next()))
  println(unused(State.n, { State.n = 7; State.n }) + State.n)
  val c = Counter(1)
  println(c.add(1).both(c.n, c.add(2).n))
  println((State.n, State.next(), { State.n -= 5; State.n }, State.n))
  val zero = c.n - 4
  try println(unused({ State.n = 9; 1 }, 10 / zero))
  catch case e: ArithmeticException => println(s"${e.getMessage} ${State.n}")
