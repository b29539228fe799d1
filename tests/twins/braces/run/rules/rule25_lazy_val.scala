// A lazy val runs once, at first use; one that throws is tried again.
class Config {
  println("config")
  var tries = 0
  lazy val port: Int = {
    tries += 1
    println(s"try $tries")
    if tries < 3 then throw RuntimeException("not yet")
    8080
  }
  lazy val (low, high) = { println("pair"); (1, 2) }
}

lazy val top = { println("top"); 5 }

@main def run(): Unit = {
  val config = Config()
  for _ <- 1 to 4 do
    try println(config.port)
    catch case e: RuntimeException => println(e.getMessage)
  println(config.low + config.high)
  println(top + top)
  lazy val even: Int => Boolean = n => n == 0 || odd(n - 1)
  lazy val odd: Int => Boolean = n => n != 0 && even(n - 1)
  println(even(10))
}
