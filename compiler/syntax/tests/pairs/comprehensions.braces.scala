object Comprehensions {
  val pairs = for { x <- xs; y <- ys; if x < y; z = x + y } yield { (x, y, z) }
  def all(): Unit = {
    for (x <- xs) { println(x) }
    for { case Some(x) <- options; y <- 1 to x } { println(y); println(x) }
    for ((a, b) <- pairs) yield { a }
  }
}
