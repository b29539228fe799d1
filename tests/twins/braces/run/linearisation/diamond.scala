// A diamond: the shared trait's state exists once.
trait Counter {
  protected var n: Int = 0
  def bump(): Unit = n += 1
  def value: Int = n
}
trait Twice extends Counter {
  override def bump(): Unit = {
    super.bump()
    super.bump()
  }
}
trait Loud extends Counter {
  override def bump(): Unit = {
    print("bump ")
    super.bump()
  }
}
class Both extends Twice, Loud
class Reverse extends Loud, Twice

@main def run(): Unit = {
  val a = Both()
  a.bump()
  println(a.value)
  val b = Reverse()
  b.bump()
  println(b.value)
}
