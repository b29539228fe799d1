// `A#B` is a class or an alias in a class, of whatever instance.
class Graph {
  class Node(val id: Int) {
    override def toString: String = s"node $id"
  }
  def node(id: Int): Node = new Node(id)
}

class Store[T] {
  case class Entry(value: T)
  type Pair = (T, T)
}

def ids(nodes: List[Graph#Node]): List[Int] = nodes.map(_.id)
def valueOf(entry: Store[String]#Entry): String = entry.value
def swap(pair: Store[Int]#Pair): Store[Int]#Pair = (pair._2, pair._1)

trait Functor[F[_]] {
  def map[A, B](value: F[A])(f: A => B): F[B]
}
given Functor[({ type L[X] = Either[String, X] })#L] {
  def map[A, B](value: Either[String, A])(f: A => B): Either[String, B] = value.map(f)
}

@main def main(): Unit = {
  val (g, h) = (new Graph, new Graph)
  println(ids(List(g.node(1), h.node(2))))
  val nodes: List[Graph#Node] = List(g.node(3))
  println(nodes)
  val s = new Store[String]
  println(valueOf(s.Entry("in")))
  println(swap((1, 2)))
  val functor = summon[Functor[[X] =>> Either[String, X]]]
  println(functor.map(Right(3))(_ + 1))
}
