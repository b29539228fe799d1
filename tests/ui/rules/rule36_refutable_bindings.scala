// The pattern of a binding takes every value.
val Some(n) = Option(1) //~ E0411

def pairs(xs: List[Option[Int]]): Unit =
  for Some(x) <- xs do println(x) //~ E0411
