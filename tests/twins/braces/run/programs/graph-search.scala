// Graphs: breadth-first and depth-first search, shortest paths, topological order, components.
case class Edge(from: String, to: String, cost: Int)

class Graph(edges: List[Edge]) {
  val nodes: List[String] = edges.flatMap(e => List(e.from, e.to)).distinct
  private val next: Map[String, List[Edge]] = edges.groupBy(_.from)

  def from(n: String): List[Edge] = next.getOrElse(n, Nil)

  def breadthFirst(start: String): List[String] = {
    def loop(queue: Vector[String], seen: Set[String], acc: List[String]): List[String] =
      queue match {
        case n +: rest =>
          val fresh = from(n).map(_.to).filterNot(seen.contains).distinct
          loop(rest ++ fresh, seen ++ fresh, n :: acc)
        case _ => acc.reverse
      }
    loop(Vector(start), Set(start), Nil)
  }

  def depthFirst(start: String): List[String] = {
    def visit(n: String, seen: List[String]): List[String] =
      if seen.contains(n) then seen
      else from(n).foldLeft(n :: seen)((s, e) => visit(e.to, s))
    visit(start, Nil).reverse
  }

  def shortest(start: String, end: String): Option[(Int, List[String])] = {
    def loop(open: List[(Int, List[String])], done: Set[String]): Option[(Int, List[String])] =
      open.sortBy((cost, path) => (cost, path.length)) match {
        case Nil                                      => None
        case (cost, path) :: _ if path.head == end    => Some((cost, path.reverse))
        case (_, path) :: rest if done(path.head)     => loop(rest, done)
        case (cost, path) :: rest =>
          val more = from(path.head).filterNot(e => done(e.to)).map(e => (cost + e.cost, e.to :: path))
          loop(rest ++ more, done + path.head)
      }
    loop(List((0, List(start))), Set.empty)
  }

  def topological: Either[String, List[String]] = {
    def loop(left: List[String], done: List[String]): Either[String, List[String]] =
      if left.isEmpty then Right(done.reverse)
      else
        left.find(n => edges.forall(e => e.to != n || done.contains(e.from))) match {
          case Some(n) => loop(left.filter(_ != n), n :: done)
          case None    => Left(s"a cycle among ${left.sorted.mkString(" ")}")
        }
    loop(nodes, Nil)
  }

  def reverse: Graph = Graph(edges.map(e => Edge(e.to, e.from, e.cost)))

  def reachable(n: String): Set[String] = breadthFirst(n).toSet

  def components: List[List[String]] = {
    val back = reverse
    def loop(left: List[String], acc: List[List[String]]): List[List[String]] = left match {
      case Nil => acc.reverse
      case n :: _ =>
        val both = reachable(n) & back.reachable(n)
        loop(left.filterNot(both.contains), both.toList.sorted :: acc)
    }
    loop(nodes, Nil)
  }
}

object Graph {
  def parse(text: String): Graph = Graph(text.split(" ").toList.map { e =>
    val s"$from>$to:$cost" = e: @unchecked
    Edge(from, to, cost.toInt)
  })
}

@main def run(): Unit = {
  val roads = Graph.parse("a>b:4 a>c:1 c>b:2 b>d:5 c>d:8 d>e:3 e>f:1 f>d:1")
  println(roads.nodes)
  println(roads.breadthFirst("a"))
  println(roads.depthFirst("a"))
  println(roads.shortest("a", "d"))
  println(roads.shortest("a", "f"))
  println(roads.shortest("f", "a"))
  println(roads.topological)
  println(roads.components)
  val tasks = Graph.parse("dig>build:1 plan>dig:1 build>paint:1 plan>buy:1 buy>paint:1")
  println(tasks.topological)
  println(tasks.components.map(_.length))
  println(tasks.reverse.breadthFirst("paint"))
}
