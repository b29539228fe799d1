// Functions given to a list run once per element, from left to right.
@main def run(): Unit = {
  val seen = List(1, 2, 3).map { x =>
    print(s"m$x ")
    x + 1
  }
  println(seen)
  List("a", "b").foreach(s => print(s))
  println()
  println(List(1, 2, 3, 4).exists { x =>
    print(s"e$x ")
    x == 2
  })
  println(List(1, 2, 3).find { x =>
    print(s"f$x ")
    x > 1
  })
  println(List(1, 2, 3).foldRight(0) { (x, acc) =>
    print(s"r$x ")
    x + acc
  })
  var total = 0
  for x <- List(1, 2, 3) do total += x
  println(total)
}
