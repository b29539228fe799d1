// Numbers compare by value across their types.
@main def run(): Unit = {
  println(1 == 1L)
  println('a' == 97)
  println(97L == 'a')
  println(BigInt(1) == 1)
  println(1L == 1)
  println(Some(1) == Some(1L))
  println(Int.MaxValue + 1 == Int.MinValue)
  println(0 == -0)
  println((1, 2L) == (1L, 2))
}
