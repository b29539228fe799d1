// Ranges of Long and other whole numbers: text, counts at the edges, and what fails only when asked.
@main def ranges(): Unit =
  def told(body: => Any): String =
    try body.toString catch case e: Exception => e.toString

  val r = 1L to 10L by 3
  println(s"$r ${r.length} ${r.reverse} ${r.take(2)} ${r.drop(2)} ${r(1)} ${r.contains(7L)}")
  println((5L until 5L).toString + " " + (5L to 5L) + " " + (5L to 4L) + " " + (4L to 5L by -1))
  println((Long.MinValue to Long.MaxValue by Long.MaxValue).toList)
  println((Long.MaxValue to Long.MinValue by Long.MinValue).toList)
  println((Long.MaxValue - 2 to Long.MaxValue).toList)
  println((Long.MaxValue - 2 until Long.MaxValue).sum)
  println(told(Long.MinValue to Long.MaxValue))
  println(told((Long.MinValue to Long.MaxValue).length))
  println(told((0L to Int.MaxValue.toLong).length))
  println(told((0L until Int.MaxValue.toLong).length))
  println(told((0L to -1L by 0).isEmpty))
  println(told(1L to 10L by 0))
  println(told((1L to 10L by 0).length))
  println(told((1L to 3L)(3)))
  for i <- 0L until 3L; j <- 3L to 1L by -1 do print(s"$i$j ")
  println()
  var sum = 0L
  for i <- 10L to 1L by -3 do sum = sum * 10 + i
  println(sum)
  println(('a' to 'f' by 2).toList.toString + ('a' until 'a') + ('a' to 'c'))
  println((BigInt(1) to BigInt(9) by 4).map(_ * 2).toList)
  println(told(('a' to 'c').reverse))
