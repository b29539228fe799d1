// What no handler takes goes on.
def f(x: Int): Int =
  try 10 / x
  catch case e: ArithmeticException => 0
