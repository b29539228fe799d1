/** Recursion, a loop that calls, and a trap that is caught: what a profile tells apart. */
object Calls:
  def fib(n: Int): Int = if n < 2 then n else fib(n - 1) + fib(n - 2)

  def isEven(n: Int): Boolean = if n == 0 then true else isOdd(n - 1)
  def isOdd(n: Int): Boolean  = if n == 0 then false else isEven(n - 1)

  def quotient(a: Int, b: Int): Int =
    try a / b
    catch case _: ArithmeticException => -1

  def main(args: Array[String]): Unit =
    var sum = 0
    var i   = 0
    while i <= 5 do
      sum += fib(i)
      i += 1
    if isEven(10) then sum += quotient(sum, 0)
    println(sum)
