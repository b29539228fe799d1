// A return may leave the method around a lambda, by an exception.
def find(xs: List[Int]): Int =
  xs.foreach(x => if x > 1 then return x) //~ W0337
  0
