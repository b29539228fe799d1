// All cases of the type are there already.
def f(b: Boolean): Int = b match
  case true  => 1
  case false => 0
  case _     => 2 //~ W0412
