// A guard may be false, so the second case is reached.
def f(o: Option[Int]): Int = o match
  case Some(n) if n > 0 => 1
  case Some(n)          => 2
  case None             => 3
