// Loops over ranges of Long: at the ends of Long, in steps, empty ones, and what there is too much of.
@main def loops(): Unit =
  def told(body: => Any): String =
    try body.toString catch case e: Exception => e.toString

  def sum(range: collection.immutable.NumericRange[Long]): String = told {
    var text = ""
    for i <- range do text += s"$i "
    text
  }
  def direct(start: Long, end: Long, step: Long): String = told {
    var text = ""
    for i <- start until end by step do text += s"$i "
    text += "| "
    for i <- start to end by step do text += s"$i "
    text
  }

  println(sum(Long.MaxValue - 2 to Long.MaxValue))
  println(sum(Long.MinValue + 2 to Long.MinValue by -1))
  println(sum(3L until 3L) + sum(3L to 3L) + sum(3L to 2L) + sum(3L until 2L))
  println(sum(0L to 2147483647L))
  println(sum(0L until 2147483648L))
  println(sum(-1L until Long.MaxValue))
  println(sum(Long.MinValue to Long.MaxValue))
  println(sum(1L to 9L by 0L))
  println(sum(9L to 1L by 0L))
  println(direct(1, 10, 3))
  println(direct(10, 1, -3))
  println(direct(1, 10, -1))
  println(direct(Long.MaxValue - 5, Long.MaxValue, 4))
  println(direct(Long.MinValue, Long.MaxValue, Long.MaxValue))
  println(direct(5, 5, 0))
  var total = 0L
  for i <- 1L to 100_000L do total += i
  for i <- 0L until 10L; j <- i until 10L do total += i * j
  println(total)
  println(told { for i <- 5L until 3_000_000_000L do throw new RuntimeException(s"reached $i") })
  println(told { for i <- 5L until 2_000_000_000L do throw new RuntimeException(s"reached $i") })
