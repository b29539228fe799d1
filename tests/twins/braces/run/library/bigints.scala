// BigInt: arithmetic against identities, bits, text, conversions, failures.
def attempt(x: => Any): Unit =
  try println(x) catch case e: Exception => println(e)

@main def bigInts(): Unit = {
  val a = BigInt("123456789012345678901234567890")
  val b = BigInt("-98765432109876543210")
  println((a + b, a - b, a * b, a / b, a % b, a /% b, -a, a.abs, b.abs, a.signum, b.sign, a.pow(3), a.mod(b.abs), b.mod(a)))
  println((a.gcd(b), a.min(b), a.max(b), a.compare(b), a < b, a >= b, a == BigInt("123456789012345678901234567890"), a.equals(b), a.hashCode, b.hashCode, BigInt(5).hashCode, BigInt(5) == 5, BigInt(5).equals(5)))
  println((a.bitLength, b.bitLength, a.bitCount, b.bitCount, a.lowestSetBit, a.testBit(3), a.setBit(200), a.clearBit(1), a.flipBit(0), a << 10, a >> 10, b >> 3, a & b, a | b, a ^ b, ~a, a &~ b))
  println((BigInt(2).modPow(BigInt(100), BigInt(1000007)), BigInt(3).modInverse(BigInt(11)), BigInt(97).isProbablePrime(20), BigInt(91).isProbablePrime(20), BigInt("ff", 16), a.toString(16), a.toString(2).length, BigInt(255).toString(16)))
  println((a.toInt, a.toLong, a.toDouble, b.toDouble, b.toFloat, BigInt(7).toByte, BigInt(70000).toChar.toInt, a.isValidInt, BigInt(7).isValidInt, BigInt(7).intValue, BigInt(1L << 40).isValidLong, a.toByteArray.toList.take(3), BigInt(3).toString))
  println((BigInt(1) to BigInt(5), (BigInt(1) until BigInt(10) by BigInt(3)).toList, List(BigInt(3), BigInt(1)).sorted, List(BigInt(2), BigInt(5)).sum, List(BigInt(2), BigInt(5)).product, List(a, b).max, BigInt(10) + 5, 5 * BigInt(3), BigInt(10) / 3, 10L - BigInt(1), BigInt(2) < 3))
  println((BigInt(0).bitLength, BigInt(-1).bitLength, BigInt(0) == BigInt("-0"), BigInt(-7) / 2, BigInt(-7) % 2, BigInt(-7).mod(2), BigInt(-8) >> 1, BigInt(-1) >> 100, BigInt(1) << 100 >> 99, -BigInt(0)))
  var x = BigInt(1)
  var y = BigInt(1)
  for i <- 1 to 60 do {
    x = x * (i * 7919) + i
    y = y * 104729 - i
    val (q, r) = x /% y
    if q * y + r != x || r.abs >= y.abs then println(s"division differs at $i")
    if (x + y) * (x - y) != x * x - y * y then println(s"products differ at $i")
    if BigInt(x.toString) != x || BigInt(y.toString(36), 36) != y then println(s"text differs at $i")
    if ((x & y) + (x | y)) != x + y || (x ^ y) != (x | y) - (x & y) then println(s"bits differ at $i")
  }
  println((x.toString.length, y.toString.length, x % 1000000007, (1 to 50).map(BigInt(_)).product, (1 to 30).foldLeft(BigInt(1))(_ * _)))
  println((BigInt(5) match { case n if n > 3 => "large"; case _ => "small" }, Map(BigInt(1) -> "one")(BigInt(1)), Set(BigInt(1), BigInt(1)).size, BigInt(Long.MaxValue) + 1, BigInt(Int.MinValue), BigInt(Long.MinValue)))
  attempt(a / 0)
  attempt(a % BigInt(0))
  attempt(BigInt("12x"))
  attempt(BigInt(""))
  attempt(BigInt(2).pow(-1))
  attempt(BigInt(2).modInverse(BigInt(4)))
  attempt(a.mod(BigInt(0)))
}
