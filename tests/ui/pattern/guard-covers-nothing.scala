// A case with a guard does not count.
def sign(x: Option[Int]): Int = x match //~ E0410
  case Some(n) if n > 0 => 1
  case None             => 0
