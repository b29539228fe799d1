def sign(n: Int): Int =
  if n < 0
    -1
  else
    1
