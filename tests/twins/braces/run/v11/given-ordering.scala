// Orderings as given instances; sorting uses what is in scope.
case class Player(name: String, points: Int)

object Player {
  given Ordering[Player] = Ordering.by(p => (-p.points, p.name))
}

def best[A](xs: List[A])(using o: Ordering[A]): Option[A] = xs.sorted.headOption
def largest[A: Ordering](a: A, b: A): A = if summon[Ordering[A]].gteq(a, b) then a else b

@main def run(): Unit = {
  val all = List(Player("c", 5), Player("a", 9), Player("b", 9))
  println(all.sorted.map(_.name))
  println(best(all))
  println(largest(3, 4))
  println(largest("b", "a"))
  val byName: Ordering[Player] = Ordering.by(_.name)
  println(all.sorted(using byName).map(_.name))
  println(all.min(using byName))
  shortest()
}

def shortest(): Unit = {
  given Ordering[String] = Ordering.by((s: String) => s.length)
  println(List("ccc", "a", "bb").sorted)
}
