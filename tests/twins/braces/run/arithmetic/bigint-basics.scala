// BigInt has no limits; `/` and `%` truncate as Int does, `mod` is never negative.
@main def run(): Unit = {
  val big = BigInt("123456789012345678901234567890")
  println(big * big)
  println(big + 1)
  println(BigInt(-7) / 2)
  println(BigInt(-7) % 2)
  println(BigInt(-7).mod(2))
  println(BigInt(7) / -2)
  println(BigInt(-5) >> 1)
  println(BigInt(1) << 100)
  println(BigInt(2).pow(64))
  println(BigInt(2).pow(64).toInt)
  println(BigInt(2).pow(63).toLong)
  println(BigInt(Int.MaxValue) + 1)
  println(-big)
  println(big.abs == (-big).abs)
  println(BigInt(12).gcd(BigInt(18)))
}
