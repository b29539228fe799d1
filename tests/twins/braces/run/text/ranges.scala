// The text of ranges, and what map makes of them.
@main def run(): Unit = {
  println(1 to 3)
  println(1 until 3)
  println(1 until 10 by 3)
  println(1 to 10 by 3)
  println(10 to 1 by -3)
  println(1 to 0)
  println(1 until 1)
  println((1 to 5).map(_ * 2))
  println((1 to 5).filter(_ % 2 == 1))
  println((1 to 3).toList)
  println((1 to 5).reverse)
  println((1 to 3).toVector)
}
