// A generic enum with variance, and methods in it.
enum Tree[+A] {
  case Leaf
  case Node(left: Tree[A], value: A, right: Tree[A])

  def size: Int = this match {
    case Leaf          => 0
    case Node(l, _, r) => l.size + 1 + r.size
  }

  def map[B](f: A => B): Tree[B] = this match {
    case Leaf          => Leaf
    case Node(l, v, r) => Node(l.map(f), f(v), r.map(f))
  }

  def toList: List[A] = this match {
    case Leaf          => Nil
    case Node(l, v, r) => l.toList ::: v :: r.toList
  }
}

object Tree {
  def insert(t: Tree[Int], x: Int): Tree[Int] = t match {
    case Leaf => Node(Leaf, x, Leaf)
    case Node(l, v, r) =>
      if x < v then Node(insert(l, x), v, r)
      else if x > v then Node(l, v, insert(r, x))
      else t
  }
}

@main def run(): Unit = {
  val t = List(5, 2, 8, 1, 9, 2).foldLeft(Tree.Leaf: Tree[Int])(Tree.insert)
  println(t.size)
  println(t.toList)
  println(t.map(_ * 10).toList)
  println(t.map(n => s"n$n"))
}
