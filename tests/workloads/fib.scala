import fvm.*

/** Calls: the Fibonacci numbers by their definition. */
final class Fib extends Contract:
  private def fib(n: Long): Long = if n < 2 then n else fib(n - 1) + fib(n - 2)

  @view def run(a: Long, b: Long): Long can Pure = fib(a) + b
