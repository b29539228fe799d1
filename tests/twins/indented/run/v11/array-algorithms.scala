// Bubble sort, sieve and prefix sums with arrays.
object Main:
  def bubble(a: Array[Int]): Unit =
    var swapped = true
    while swapped do
      swapped = false
      for i <- 0 until a.length - 1 do
        if a(i) > a(i + 1) then
          val t = a(i)
          a(i) = a(i + 1)
          a(i + 1) = t
          swapped = true

  def sieve(n: Int): List[Int] =
    val composite = new Array[Boolean](n + 1)
    for p <- 2 to n; if !composite(p); m <- 2 * p to n by p do composite(m) = true
    (2 to n).filter(!composite(_)).toList

  def main(args: Array[String]): Unit =
    val a = Array(5, 2, 9, 1, 5, 6)
    bubble(a)
    println(a.toList)
    println(sieve(50))
    val sums = a.scanLeft(0)(_ + _)
    println(sums.toList)
    println(a.zip(a.tail).map((x, y) => y - x).toList)
