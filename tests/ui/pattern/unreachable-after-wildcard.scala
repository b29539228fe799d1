// Everything is taken before.
def f(n: Int): Int = n match
  case 1 => 10
  case _ => 0
  case 2 => 20 //~ W0412
