// An object is initialised once, when it is first used.
object Config {
  println("Config starts")
  val limit = 10
  var hits = 0
  def hit(): Int = {
    hits += 1
    hits
  }
}

object Unused {
  println("never printed")
}

@main def run(): Unit = {
  println("before")
  println(Config.limit)
  Config.hit()
  println(Config.hit())
  println("after")
}
