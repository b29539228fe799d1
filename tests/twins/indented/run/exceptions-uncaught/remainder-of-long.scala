// Remainder of a Long by zero, inside a function.
object Main:
  def remainder(a: Long, b: Long): Long = a % b
  def main(args: Array[String]): Unit =
    println(remainder(10, 3))
    println(remainder(10, 0))
