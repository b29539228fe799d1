// BigInt compares with other numbers by value.
@main def run(): Unit = {
  println(BigInt(1) == 1)
  println(BigInt(1) == BigInt(1))
  println(BigInt(2) > 1)
  println(BigInt(2) < 1L)
  println(BigInt(10) == BigInt("10"))
  println(List(BigInt(3), BigInt(-1), BigInt(2)).sorted)
  println(List(BigInt(3), BigInt(4)).sum)
  println(List(BigInt(3), BigInt(-4)).min)
  println(BigInt(5).max(BigInt(9)))
  println(BigInt(-5).signum)
  println(BigInt(255).toString(16))
  println(BigInt("ff", 16))
  println(BigInt(0) == 0L)
}
