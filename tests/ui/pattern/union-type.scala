// A union is closed.
def f(x: Int | String): Int = x match //~ E0410
  case s: String => s.length

def g(x: Int | String): Int = x match
  case s: String => s.length
  case n: Int    => n
