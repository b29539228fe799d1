// Arguments are evaluated in source order, then the missing defaults, on each call.
object Main:
  def trace(name: String, n: Int): Int =
    print(s"$name ")
    n
  def f(a: Int, b: Int = trace("default-b", 20), c: Int = trace("default-c", 30)): Int = a + b + c

  def main(args: Array[String]): Unit =
    println(f(trace("a", 1)))
    println(f(c = trace("c", 3), a = trace("a", 1)))
    println(f(b = trace("b", 2), a = trace("a", 1)))
    println(f(trace("a", 1), c = trace("c", 3)))
    println(f(c = trace("c", 3), b = trace("b", 2), a = trace("a", 1)))
