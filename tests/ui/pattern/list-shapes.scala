// Lists by shape: the list of two elements is missing.
def f(xs: List[Int]): Int = xs match //~ E0410
  case Nil              => 0
  case List(a)          => a
  case a :: b :: c :: _ => a + b + c
