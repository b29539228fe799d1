// scalac warns: `f _` is deprecated
import scala.language.postfixOps

object Test {
  def one() = 1
  def plus(x: Int, y: Int) = x + y
  class Counter {
    private var count = 0
    def next(): Int = { count += 1; count }
  }
  def main(args: Array[String]): Unit = {
    val f = one _
    println(f())
    println((plus _)(3, 4))
    val counter = new Counter
    val next = counter.next _
    next()
    println(next())
    val size = List(1, 2, 3) size
    val texts = (List(1, 2) map (_ + 1) mkString)
    println(size)
    println(texts)
    println(Map(1 -> 2).map(plus _))
    println(List((1, 2), (3, 4)).map(plus))
  }
}
