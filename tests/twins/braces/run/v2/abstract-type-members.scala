// Type members made concrete, and path-free use through generics.
trait Container {
  type Item
  def items: List[Item]
  def first: Option[Item] = items.headOption
  def count: Int = items.length
}

class Numbers extends Container {
  type Item = Int
  def items: List[Int] = List(4, 5, 6)
  def sum: Int = items.sum
}

class Names(val items: List[String]) extends Container {
  type Item = String
}

@main def run(): Unit = {
  val n = Numbers()
  val x: Option[Int] = n.first
  println(x.map(_ + 1))
  println(n.sum + n.count)
  println(Names(List("a")).first)
  val all: List[Container] = List(n, Names(Nil))
  println(all.map(_.count))
}
