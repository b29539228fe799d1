enum Tree[+T] {
  case Leaf
  case Node(left: Tree[T], value: T, right: Tree[T])
  def size: Int = this match {
    case Leaf => 0
    case Node(l, _, r) => {
      val a = l.size
      val b = r.size
      a + b + 1
    }
  }
}
def show(x: Any): String = x match {
  case 0 | 1 => "small"
  case n: Int if n > 100 => { "large" }
  case s @ Some(a :: rest) => s"$s of ${rest.map { y => y }.size}"
  case (a, b) => pair(a)(b)
  case _ =>
}
val f: PartialFunction[Int, String] = {
  case 1 => "one"
  case 2 => "two"
}
