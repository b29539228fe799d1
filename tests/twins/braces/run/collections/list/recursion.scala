// Recursive functions over lists.
@main def run(): Unit = {
  def sum(xs: List[Int]): Int = xs match {
    case Nil       => 0
    case x :: rest => x + sum(rest)
  }
  def insert(x: Int, xs: List[Int]): List[Int] = xs match {
    case Nil                => List(x)
    case y :: _ if x <= y   => x :: xs
    case y :: rest          => y :: insert(x, rest)
  }
  def sort(xs: List[Int]): List[Int] = xs match {
    case Nil       => Nil
    case x :: rest => insert(x, sort(rest))
  }
  def permutations(xs: List[Int]): List[List[Int]] = xs match {
    case Nil => List(Nil)
    case _ =>
      for {
        x <- xs
        rest <- permutations(xs.filter(_ != x))
      }
      yield x :: rest
  }
  println(sum(List(1, 2, 3)))
  println(sort(List(4, 1, 3, 2)))
  println(permutations(List(1, 2, 3)))
  println(permutations(List(1, 2, 3, 4)).length)
}
