// Matching on Left and Right, and sorting a list of results into two.
@main def run(): Unit = {
  val results: List[Either[String, Int]] = List(Right(1), Left("bad"), Right(3), Left("worse"))
  for r <- results do
    r match {
      case Right(n) if n > 2 => println(s"big $n")
      case Right(n)          => println(s"small $n")
      case Left(e)           => println(s"error $e")
    }
  println(results.collect { case Right(n) => n }.sum)
  println(results.collect { case Left(e) => e })
  println(results.partitionMap(identity))
  println(results.flatMap(_.toOption))
  println(results.find(_.isLeft))
  println(Right[String, Int](5).orElse(Right(6)))
  println(Either.cond(1 > 0, "fine", "wrong"))
}
