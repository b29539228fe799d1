def count(xs: List[Int]): Int =
  val n = 0
  for _ <- xs do n = n + 1
  n
