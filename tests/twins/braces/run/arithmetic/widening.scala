// Both sides widen to Int at least, to Long when one side is Long.
@main def run(): Unit = {
  val c = 'a'
  println(c + 1)
  println('a' + 'b')
  println(c + 1L)
  val i: Int = c
  println(i)
  val long: Long = Int.MaxValue + 1
  println(long)
  val wide: Long = Int.MaxValue + 1L
  println(wide)
  println(1 + 2L)
  println('a' == 97)
  println('a' < 98)
  println(5L == 5)
  val n = 7
  val asLong: Long = n
  println(asLong * 1000000000)
  println(n * 1000000000)
}
