// Nothing is missing, and nothing is said.
def sum(xs: List[Int]): Int = xs match
  case Nil          => 0
  case head :: tail => head + sum(tail)

def two(xs: List[Int]): Int = xs match
  case List(a, b)        => a + b
  case List(a, b, rest*) => a
  case List(a)           => a
  case List()            => 0
