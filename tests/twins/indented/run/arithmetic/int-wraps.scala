// Int is 32 bits, two's complement, and wraps silently.
object Main:
  def main(args: Array[String]): Unit =
    val max = Int.MaxValue
    val min = Int.MinValue
    println(max + 1)
    println(max + 1 == min)
    println(-min)
    println(-min == min)
    println(min - 1)
    println(math.abs(min))
    println(max * 2)
    println(min * min)
    println(46341 * 46341)
    println(List(max, 1).sum)
    println(List(65536, 65536).product)
    var x = 1
    var turns = 0
    while x > 0 do
      x *= 3
      turns += 1
    println(s"$turns $x")
