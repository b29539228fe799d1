// Type arguments that the static type does not imply cannot be tested.
def strings(a: Any): Int = a match
  case xs: List[String] => xs.size //~ E0406
  case _ => 0

def same[A](a: Any): Boolean = a match
  case x: A => true //~ E0406
  case _ => false
