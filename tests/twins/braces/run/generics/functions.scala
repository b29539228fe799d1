// Generic functions; type arguments are inferred or written.
@main def run(): Unit = {
  def first[A](xs: List[A]): Option[A] = xs.headOption
  def pair[A, B](a: A, b: B): (B, A) = (b, a)
  def twice[A](f: A => A)(a: A): A = f(f(a))
  def compose[A, B, C](f: A => B, g: B => C): A => C = a => g(f(a))
  println(first(List(1, 2)))
  println(first(List.empty[String]))
  println(pair(1, "x"))
  println(twice((n: Int) => n * 3)(2))
  println(twice[String](_ + "!")("hi"))
  println(compose((n: Int) => n.toString, (s: String) => s.length)(12345))
  def fill[A](n: Int, a: => A): List[A] = if n == 0 then Nil else a :: fill(n - 1, a)
  println(fill(3, 'x'))
  def largest[A](xs: List[A])(less: (A, A) => Boolean): A = xs.reduce((a, b) => if less(a, b) then b else a)
  println(largest(List("pear", "fig"))((a, b) => a.length < b.length))
  println(largest(List(3L, 9L))(_ < _))
}
