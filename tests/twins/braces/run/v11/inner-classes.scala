// A class inside of a class belongs to one instance of the outer one.
class Graph {
  class Node(val name: String) {
    private var neighbours: List[Node] = Nil
    def connect(that: Node): Unit = {
      neighbours = that :: neighbours
      edges += 1
    }
    def names: List[String] = neighbours.map(_.name).reverse
  }
  private var edges = 0
  def node(name: String): Node = Node(name)
  def edgeCount: Int = edges
}

@main def run(): Unit = {
  val g = Graph()
  val a = g.node("a")
  val b = g.node("b")
  a.connect(b)
  a.connect(a)
  b.connect(a)
  println(a.names)
  println(g.edgeCount)
  val h = Graph()
  h.node("c").connect(h.node("d"))
  println(s"${g.edgeCount} ${h.edgeCount}")
}
