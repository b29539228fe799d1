// export makes members of a part members of the whole.
class Engine {
  var running = false
  def start(): Unit = running = true
  def power: Int = 90
}
class Radio {
  def play(song: String): String = s"playing $song"
  def power: Int = 5
}

class Car {
  private val engine = Engine()
  private val radio = Radio()
  export engine.{start, power, running}
  export radio.play as listen
}

object Tools {
  object Maths { def double(n: Int): Int = n * 2 }
  export Maths.*
}

@main def run(): Unit = {
  val c = Car()
  c.start()
  println(c.running)
  println(c.power)
  println(c.listen("x"))
  println(Tools.double(21))
}
