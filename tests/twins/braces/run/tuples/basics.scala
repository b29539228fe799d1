// Access, swap, nesting, and tuples of many elements.
@main def run(): Unit = {
  val t = (1, "two", '3')
  println(t._1)
  println(t._2 + t._3)
  println((1, 2).swap)
  println(1 -> 2 -> 3)
  val nested = ((1, 2), (3, 4))
  println(nested._2._1)
  println((1, 2, 3, 4, 5, 6, 7, 8, 9, 10)._10)
  def minMax(xs: List[Int]): (Int, Int) = (xs.min, xs.max)
  val (low, high) = minMax(List(4, 9, 2))
  println(s"$low..$high")
  println((1, 2).copy(_2 = 5))
  println(t == (1, "two", '3'))
  println((1, true).toString.length)
  println(List(1, 2, 3).map(n => (n, n * n)).find(_._2 > 3))
}
