// An alternative binds no names.
def f(x: Any): Int = x match
  case (1, a) | 2 => 1 //~ E0405
  case _ => 0
