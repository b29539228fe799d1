// The limits of the number types.
@main def run(): Unit = {
  println(Int.MinValue)
  println(Int.MaxValue)
  println(Long.MinValue)
  println(Long.MaxValue)
  println(Char.MaxValue.toInt)
  println(Char.MinValue.toInt)
  println(Int.MaxValue.toLong + 1)
  println(Int.MinValue.toLong - 1)
  println(Long.MaxValue.toString.length)
}
