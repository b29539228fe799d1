// take, drop, slice, span, grouped, sliding.
object Main {
  def main(args: Array[String]): Unit = {
    val xs = List(1, 2, 3, 4, 5, 6, 7)
    println(xs.take(2))
    println(xs.drop(5))
    println(xs.take(-1))
    println(xs.drop(99))
    println(xs.takeRight(2))
    println(xs.dropRight(5))
    println(xs.slice(2, 4))
    println(xs.slice(5, 100))
    println(xs.slice(4, 2))
    println(xs.takeWhile(_ < 4))
    println(xs.dropWhile(_ < 4))
    println(xs.span(_ != 3))
    println(xs.splitAt(3))
    println(xs.grouped(3).toList)
    println(xs.sliding(3).toList)
    println(xs.sliding(2, 3).toList)
    println(xs.tails.toList.length)
    println(List(1, 2).inits.toList)
  }
}
