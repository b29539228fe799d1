// Int has 32 bits and Long 64, in two's complement; both wrap silently.
@main def run(): Unit = {
  println(Int.MaxValue + 1 == Int.MinValue)
  println(-Int.MinValue == Int.MinValue)
  println(math.abs(Int.MinValue))
  println(List(Int.MaxValue, 1).sum)
  println(Long.MaxValue + 1)
  println(-Long.MinValue == Long.MinValue)
  println(Int.MaxValue * 2)
  println(65536 * 65536)
  println(4294967296L * 4294967296L)
  var product = 1
  for i <- 1 to 20 do product *= i
  println(product)
  println(Int.MinValue.abs + Long.MinValue.abs)
  println((1 to 70000).product)
  println(Array(Int.MaxValue, Int.MaxValue).sum)
}
