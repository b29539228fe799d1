// The pattern of a `val` must take every value.
def f(o: Option[Int]): Int =
  val Some(x) = o //~ E0411
  x

def g(xs: List[Int]): Int =
  val head :: tail = xs //~ E0411
  head

def h(p: (Int, Int)): Int =
  val (a, 1) = p //~ E0411
  a
