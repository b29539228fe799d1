// Traits with fields: each object has its own.
trait Counting {
  private var count = 0
  def increment(): Int = {
    count += 1
    count
  }
}
trait Logging {
  private var lines: List[String] = Nil
  def log(s: String): Unit = lines = s :: lines
  def history: List[String] = lines.reverse
}

class Service(name: String) extends Counting, Logging {
  def call(): Int = {
    log(s"$name called")
    increment()
  }
}

@main def run(): Unit = {
  val a = Service("a")
  val b = Service("b")
  a.call()
  a.call()
  b.call()
  println(a.call())
  println(b.call())
  println(a.history)
  println(b.history.length)
}
