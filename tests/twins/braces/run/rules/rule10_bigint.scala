// BigInt truncates like Int; mod is never negative; shifts floor.
def attempt(value: => Any): Unit =
  try println(value)
  catch case e: ArithmeticException => println(e.getMessage)

@main def run(): Unit = {
  println(BigInt(-7) / 2)
  println(BigInt(-7) % 2)
  println(BigInt(-7).mod(2))
  println(BigInt(-5) >> 1)
  println(BigInt(1) << 100)
  println((BigInt(1) << 40).toInt)
  println((BigInt(1) << 40 | 5).toInt)
  println(BigInt(2).pow(200))
  attempt(BigInt(2).pow(-1))
  attempt(BigInt(7).mod(-2))
  attempt(BigInt(7) / 0)
  println(BigInt("-123456789012345678901234567890") * BigInt("987654321098765432109876543210"))
  println(BigInt(10).pow(30) /% BigInt(7))
  println(BigInt(48).gcd(36))
  println(BigInt(3).modPow(1000, 17))
  println(BigInt(-255).toString(16))
  println(BigInt(255) & -16)
  println(BigInt(5) == 5 && 5 == BigInt(5))
  println((1 to 30).map(BigInt(_)).product)
  println(BigInt(-3).signum + BigInt(12).bitLength)
}
