// Recursion over trees: depth, sum, mirror, flatten, path.
case class Tree(value: Int, children: List[Tree] = Nil)

@main def run(): Unit = {
  val t = Tree(1, List(Tree(2, List(Tree(4), Tree(5))), Tree(3, List(Tree(6, List(Tree(7)))))))
  def depth(t: Tree): Int = 1 + t.children.map(depth).maxOption.getOrElse(0)
  def sum(t: Tree): Int = t.value + t.children.map(sum).sum
  def mirror(t: Tree): Tree = Tree(t.value, t.children.reverse.map(mirror))
  def flatten(t: Tree): List[Int] = t.value :: t.children.flatMap(flatten)
  def path(t: Tree, x: Int): Option[List[Int]] =
    if t.value == x then Some(List(x))
    else t.children.flatMap(c => path(c, x)).headOption match {
      case Some(_) => t.children.map(c => path(c, x)).collectFirst { case Some(p) => t.value :: p }
      case None    => None
    }
  println(depth(t))
  println(sum(t))
  println(flatten(mirror(t)))
  println(path(t, 7))
  println(path(t, 5))
  println(path(t, 9))
  def draw(t: Tree, indent: Int): String =
    " " * indent + t.value + "\n" + t.children.map(c => draw(c, indent + 2)).mkString
  print(draw(t, 0))
}
