// Iterators compute an element when it is asked for.
object Main extends App:
  val it = List(1, 2, 3, 4).iterator.map { x =>
    print(s"map$x ")
    x * 10
  }.filter { x =>
    print(s"filter$x ")
    x > 15
  }
  println("nothing yet")
  println(it.next())
  println(it.next())
  println("rest")
  println(it.toList)
  val words = Iterator("a", "b") ++ Iterator("c")
  println(words.toList)
  var n = 0
  while { n += 1; n < 3 } do print(s"$n ")
  println()
