// Exports that nobody uses are checked, too.
class Engine:
  def start(): Unit = ()
  def stop(): Unit = ()
  def gear(n: Int): Int = n

class Car:
  private val engine = Engine()
  private val second = Engine()
  export engine.turn //~ E0202
  export engine.start //~ E0204
  def start(): Unit = ()
  export engine.stop
  export second.stop //~ E0204
  export engine.gear
  def gear(name: String): Int = 1

class Truck:
  private val engine = Engine()
  export engine.*
  def stop(): Unit = ()
