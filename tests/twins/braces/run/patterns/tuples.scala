// Matching on tuples of several values.
@main def run(): Unit = {
  def fizz(n: Int): String = (n % 3, n % 5) match {
    case (0, 0) => "FizzBuzz"
    case (0, _) => "Fizz"
    case (_, 0) => "Buzz"
    case _      => n.toString
  }
  println((1 to 15).map(fizz).mkString(" "))
  def merge(a: List[Int], b: List[Int]): List[Int] = (a, b) match {
    case (Nil, ys)                       => ys
    case (xs, Nil)                       => xs
    case (x :: xs, y :: _) if x <= y     => x :: merge(xs, b)
    case (_, y :: ys)                    => y :: merge(a, ys)
  }
  println(merge(List(1, 4, 6), List(2, 3, 7, 8)))
  val (q, r) = (17 / 5, 17 % 5)
  println(s"$q $r")
  val ((a, b), c) = ((1, 2), 3)
  println(a + b + c)
  (1, ("x", Some(2))) match {
    case (n, (s, Some(m))) => println(s"$n$s$m")
    case (n, (s, None))    => println(s"$n$s")
  }
}
