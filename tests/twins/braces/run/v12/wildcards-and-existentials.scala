// Wildcard types in parameters and patterns.
class Box[+A](val content: A, val label: String)

def labels(boxes: List[Box[?]]): List[String] = boxes.map(_.label)
def size(xs: List[?]): Int = xs.length
def contents(b: Box[?]): String = b.content match {
  case s: String => s"text $s"
  case n: Int    => s"number $n"
  case other     => s"other $other"
}

@main def run(): Unit = {
  val boxes = List(Box(1, "a"), Box("x", "b"), Box(List(2), "c"))
  println(labels(boxes))
  println(size(boxes))
  println(boxes.map(contents))
  val m: Map[String, ?] = Map("k" -> 1)
  println(m.size)
}
