// A generator filters only with `case`.
def f(xs: List[Option[Int]]): List[Int] =
  for Some(x) <- xs yield x //~ E0411

def g(xs: List[Option[Int]]): List[Int] =
  for case Some(x) <- xs yield x

def h(xs: List[(Int, String)]): List[Int] =
  for (n, _) <- xs yield n
