// inline definitions, constants and conditions.
inline val debug = false
inline def log(inline message: String): Unit = inline if debug then println(message)
inline def square(n: Int): Int = n * n
inline def power(x: Int, inline n: Int): Int =
  inline if n == 0 then 1
  else inline if n % 2 == 0 then square(power(x, n / 2))
  else x * power(x, n - 1)

@main def run(): Unit = {
  var evaluated = 0
  def costly(): String = {
    evaluated += 1
    "costly"
  }
  log(costly())
  println(evaluated)
  println(power(3, 5))
  println(square(7))
  println(power(2, 10))
}
