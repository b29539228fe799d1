// for … yield over a range gives a Vector.
@main def run(): Unit = {
  println(for i <- 1 to 3 yield i)
  println(for i <- 1 to 3 yield i * 2)
  println(for i <- 1 until 6 if i % 2 == 0 yield s"n$i")
  println(for { i <- 1 to 3; j <- i to 3 } yield (i, j))
  println(for { i <- 1 to 2; c <- List('a', 'b') } yield s"$c$i")
  println(for { c <- List('a', 'b'); i <- 1 to 2 } yield s"$c$i")
  println((for i <- 1 to 3 yield i).toList)
}
