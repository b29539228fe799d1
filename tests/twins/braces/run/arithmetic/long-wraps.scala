// Long is 64 bits and wraps silently.
@main def run(): Unit = {
  val max = Long.MaxValue
  val min = Long.MinValue
  println(max + 1)
  println(min - 1)
  println(-min)
  println(-min == min)
  println(math.abs(min))
  println(max * 2L)
  println(3037000500L * 3037000500L)
  println(List(max, 1L).sum)
  var factorial = 1L
  for i <- 1 to 25 do factorial *= i
  println(factorial)
}
