// Factorial, Fibonacci, Ackermann, Hanoi, binomial.
@main def run(): Unit = {
  def factorial(n: Int): Long = if n <= 1 then 1 else n * factorial(n - 1)
  def fib(n: Int): Int = if n < 2 then n else fib(n - 1) + fib(n - 2)
  def ackermann(m: Int, n: Int): Int =
    if m == 0 then n + 1
    else if n == 0 then ackermann(m - 1, 1)
    else ackermann(m - 1, ackermann(m, n - 1))
  def binomial(n: Int, k: Int): Int =
    if k == 0 || k == n then 1 else binomial(n - 1, k - 1) + binomial(n - 1, k)
  def hanoi(n: Int, from: Char, to: Char, via: Char): List[String] =
    if n == 0 then Nil
    else hanoi(n - 1, from, via, to) ::: s"$from$to" :: hanoi(n - 1, via, to, from)
  println(factorial(20))
  println(fib(20))
  println(ackermann(2, 3))
  println(binomial(10, 4))
  println(hanoi(3, 'a', 'c', 'b'))
  println(hanoi(8, 'a', 'c', 'b').length)
}
