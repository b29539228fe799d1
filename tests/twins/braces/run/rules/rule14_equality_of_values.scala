// Case classes by parts, ordinary classes by identity, sequences by elements, sets and maps without order.
case class Point(x: Int, y: Int)
class Plain(val n: Int)
class Named(val name: String) {
  override def equals(other: Any): Boolean = other match {
    case named: Named => named.name == name
    case _ => false
  }
  override def hashCode: Int = name.length
}
enum Tree {
  case Leaf(n: Int)
  case Node(l: Tree, r: Tree)
}
case class Pair[A](a: A, b: A)

@main def run(): Unit = {
  println(Point(1, 2) == Point(1, 2))
  val plain = Plain(1)
  println(plain == plain)
  println(plain == Plain(1))
  println(Named("a") == Named("a"))
  println(Array(1) == Array(1))
  println(Array(1).sameElements(Array(1)))
  println(List(1, 2) == Vector(1, 2))
  println((1 to 3) == List(1, 2, 3))
  println(Nil == Vector())
  println((Set(1): Any) == List(1))
  println(Map(1 -> "a", 2 -> "b") == Map(2 -> "b", 1 -> "a"))
  println(Set(1, 2, 3) == Set(3, 2, 1))
  println(Tree.Node(Tree.Leaf(1), Tree.Leaf(2)) == Tree.Node(Tree.Leaf(1), Tree.Leaf(2)))
  println(Pair(Point(1, 1), Point(2, 2)) == Pair(Point(1, 1), Point(2, 2)))
  println((Point(1, 2): Any) == (1, 2))
  println(scala.collection.mutable.ArrayBuffer(1, 2) == List(1, 2))
  println("ab".toSeq == List('a', 'b'))
  println(Some(List(1)) == Some(Vector(1)))
}
