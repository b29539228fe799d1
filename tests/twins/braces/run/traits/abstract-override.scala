// Stackable modifications: each trait changes what the next one gets.
abstract class Sink {
  def put(x: Int): Unit
}
class Collect extends Sink {
  private var items: List[Int] = Nil
  def put(x: Int): Unit = items = x :: items
  def result: List[Int] = items.reverse
}
trait Doubling extends Sink {
  abstract override def put(x: Int): Unit = super.put(x * 2)
}
trait Filtering extends Sink {
  abstract override def put(x: Int): Unit = if x > 2 then super.put(x)
}
trait Incrementing extends Sink {
  abstract override def put(x: Int): Unit = super.put(x + 1)
}

@main def run(): Unit = {
  val a = new Collect with Incrementing with Filtering
  val b = new Collect with Filtering with Incrementing
  val c = new Collect with Doubling with Incrementing with Filtering
  for x <- 1 to 4 do {
    a.put(x)
    b.put(x)
    c.put(x)
  }
  println(a.result)
  println(b.result)
  println(c.result)
}
