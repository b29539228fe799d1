// Mutable nodes that refer to one another.
class Node(val value: Int) {
  var next: Option[Node] = None
}

class Queue {
  private var first: Option[Node] = None
  private var last: Option[Node] = None
  private var count = 0
  def add(v: Int): Unit = {
    val node = Node(v)
    last match {
      case Some(n) => n.next = Some(node)
      case None    => first = Some(node)
    }
    last = Some(node)
    count += 1
  }
  def take(): Option[Int] =
    first.map { n =>
      first = n.next
      if first.isEmpty then last = None
      count -= 1
      n.value
    }
  def size: Int = count
}

@main def run(): Unit = {
  val q = Queue()
  for i <- 1 to 3 do q.add(i * i)
  println(q.take())
  q.add(16)
  println(q.size)
  println(List(q.take(), q.take(), q.take(), q.take()))
  println(q.size)
}
