// A vector of thousands of elements, built and changed step by step.
object Main:
  def main(args: Array[String]): Unit =
    var v = Vector.empty[Int]
    for i <- 0 until 3000 do v = v :+ i
    println(v.length)
    println(v(0))
    println(v(1023))
    println(v(1024))
    println(v(2999))
    println(v.sum)
    for i <- 0 until 3000 by 100 do v = v.updated(i, -1)
    println(v.count(_ == -1))
    println(v.take(3))
    println(v.drop(2998))
    println(v.slice(1000, 1003))
    println(v.filter(_ % 500 == 499))
    println(v.indexOf(777))
    var w = Vector.empty[Int]
    for i <- 1 to 100 do w = i +: w
    println(w.head)
    println(w.last)
