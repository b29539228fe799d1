// A number of 158 digits, and its digit sum.
object Main {
  def factorial(n: Int): BigInt =
    if n <= 1 then BigInt(1) else factorial(n - 1) * n

  def main(args: Array[String]): Unit = {
    val f = factorial(100)
    println(f)
    println(f.toString.length)
    println(f.toString.map(_.asDigit).sum)
    println(f % 101)
    println((1 to 20).map(i => BigInt(i)).product)
    println(factorial(25) / factorial(23))
  }
}
