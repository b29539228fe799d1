// An ordering written by hand and passed along.
object Main {
  val byLastDigit: Ordering[Int] = new Ordering[Int] {
    def compare(a: Int, b: Int): Int = (a % 10).compare(b % 10)
  }

  def main(args: Array[String]): Unit = {
    val xs = List(31, 12, 45, 22, 50)
    println(xs.sorted(using byLastDigit))
    println(xs.max(using byLastDigit))
    println(xs.min(using byLastDigit))
    println(xs.sorted(using byLastDigit.reverse))
    println(byLastDigit.compare(11, 21))
    println(byLastDigit.lt(11, 22))
    println(byLastDigit.max(19, 21))
  }
}
