// A match on a closed type takes every value.
enum Color:
  case Red, Green, Blue

def name(c: Color): String = c match //~ E0410
  case Color.Red => "red"
  case Color.Blue => "blue"

def both(a: Option[Int], b: Boolean): Int = (a, b) match //~ E0410
  case (Some(n), true) => n
  case (None, _) => 0
