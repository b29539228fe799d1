// Try holds a result or an exception.
import scala.util.{Try, Success, Failure}

@main def run(): Unit = {
  def parse(s: String): Try[Int] = Try(s.toInt)
  println(parse("12"))
  println(parse("x").isFailure)
  println(parse("5").map(_ * 2))
  println(parse("x").getOrElse(0))
  println(parse("7").flatMap(n => Try(10 / (n - 7))).isFailure)
  println(List("1", "b", "3").map(parse).collect { case Success(n) => n })
  parse("zz") match {
    case Success(n) => println(n)
    case Failure(e) => println(e.getMessage)
  }
  println(parse("4").toOption)
  println(parse("q").toOption)
  println((for a <- parse("2"); b <- parse("3") yield a * b).get)
}
