// Classic loops: greatest common divisor, power by squaring, integer square root.
object Main:
  def gcd(a: Int, b: Int): Int = if b == 0 then a else gcd(b, a % b)

  def power(base: Long, exponent: Int, modulus: Long): Long =
    var result = 1L
    var b = base % modulus
    var e = exponent
    while e > 0 do
      if (e & 1) == 1 then result = result * b % modulus
      b = b * b % modulus
      e >>= 1
    result

  def root(n: Long): Long =
    var low = 0L
    var high = n + 1
    while high - low > 1 do
      val middle = low + (high - low) / 2
      if middle <= n / middle then low = middle else high = middle
    low

  def main(args: Array[String]): Unit =
    println(gcd(1071, 462))
    println(gcd(-12, 18))
    println(power(7, 560, 561))
    println(power(2, 62, 1000000007L))
    println(root(1000000000000L))
    println(root(99L))
