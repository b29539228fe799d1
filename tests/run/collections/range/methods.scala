// Ranges answer what sequences answer.
object Main {
  def main(args: Array[String]): Unit = {
    val r = 1 to 10
    println(r.sum)
    println(r.length)
    println(r.head)
    println(r.last)
    println(r.contains(5))
    println(r.contains(11))
    println((1 to 10 by 3).toList)
    println((1 to 10 by 3).last)
    println((1 to 10 by 3).contains(7))
    println(r(3))
    println(r.take(3))
    println(r.drop(7))
    println(r.map(x => x * x))
    println(r.filter(_ % 2 == 0))
    println(r.foldLeft(1)(_ * _))
    println(r.grouped(4).map(_.sum).toList)
    println(r.zip('a' to 'c'))
    println(r.exists(_ > 9))
    println(r.max)
    println(r.isEmpty)
    println((1 until 1).isEmpty)
    println(r.mkString(","))
    println((0 until 0).toList)
    println(r.indexOf(4))
  }
}
