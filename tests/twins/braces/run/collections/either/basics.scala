// Either: right-biased results with a reason for failure.
@main def run(): Unit = {
  def parse(s: String): Either[String, Int] =
    s.toIntOption match {
      case Some(n) => Right(n)
      case None    => Left(s"'$s' is no number")
    }
  def half(n: Int): Either[String, Int] =
    if n % 2 == 0 then Right(n / 2) else Left(s"$n is odd")
  for s <- List("8", "7", "x") do {
    println(parse(s))
    println(parse(s).map(_ + 1))
    println(parse(s).flatMap(half))
    println(parse(s).fold(e => s"error: $e", n => s"number: $n"))
    println(parse(s).getOrElse(0))
    println(parse(s).toOption)
    println(parse(s).isRight)
    println(parse(s).swap)
    println(parse(s).left.map(_.length))
    println(parse(s).exists(_ > 7))
  }
}
