// One combination of four is missing.
def f(a: Boolean, b: Boolean): Int = (a, b) match //~ E0410
  case (true, _)      => 1
  case (false, true)  => 2
