// Ranges at the limits of Int, and long ones that are never built.
@main def run(): Unit = {
  val top = Int.MaxValue - 2 to Int.MaxValue
  println(top.toList)
  println(top.length)
  println((Int.MinValue until Int.MinValue + 3).toList)
  println((1 to Int.MaxValue).length)
  println((1 to Int.MaxValue).contains(12345))
  println((0 until 1000000).sum)
  println((1 to 1000000 by 1000).length)
  println((0 to Int.MaxValue by 1000000000).toList)
  println((1 to 3).min)
}
