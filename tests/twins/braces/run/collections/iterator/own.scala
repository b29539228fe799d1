// A class of our own that is an Iterator.
class Countdown(from: Int) extends Iterator[Int] {
  private var left = from
  def hasNext: Boolean = left > 0
  def next(): Int = {
    left -= 1
    left + 1
  }
}

class Fibonacci extends Iterator[Long] {
  private var a = 0L
  private var b = 1L
  def hasNext: Boolean = true
  def next(): Long = {
    val result = a
    a = b
    b = result + b
    result
  }
}

@main def run(): Unit = {
  println(Countdown(5).toList)
  for i <- Countdown(3) do print(s"$i ")
  println()
  println(Countdown(4).map(_ * 2).sum)
  println(Fibonacci().take(10).toList)
  println(Fibonacci().dropWhile(_ < 1000).next())
  println(Countdown(6).filter(_ % 2 == 0).mkString(","))
}
