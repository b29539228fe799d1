// A type pattern tests the class; null matches none.
trait Shape
case class Circle(r: Int) extends Shape
class Box[A](val a: A)

def kind(a: Any): String = a match {
  case i: Int => s"Int $i"
  case l: Long => s"Long $l"
  case s: String => s"String $s"
  case list: List[?] => s"List of ${list.size}"
  case map: Map[?, ?] => s"Map of ${map.size}"
  case f: Function1[?, ?] => "function"
  case shape: Shape => s"shape $shape"
  case box: Box[?] => s"box ${box.a}"
  case array: Array[Int] => s"ints ${array.length}"
  case _: Array[?] => "array"
  case e: Exception => s"exception ${e.getMessage}"
  case t: (Any, Any) => s"pair ${t._1}"
  case null => "null"
  case other => s"other $other"
}

def typed(xs: Seq[Int]): String = xs match {
  case list: List[Int] => s"list ${list.sum}"
  case vector: Vector[Int] => s"vector ${vector.sum}"
  case _ => "seq"
}

@main def run(): Unit = {
  val none: String = null
  val all = List[Any](1, 1L, "s", List(1), Map(1 -> 2), (n: Int) => n, Circle(1), Box(2), Array(1, 2), Array("a"),
    RuntimeException("e"), (1, 2), none, 'c', 1.5, true, ())
  all.foreach(a => println(kind(a)))
  println(typed(List(1, 2)) + typed(Vector(3)) + typed(1 to 3))
  println(none match { case s: String => "string"; case null => "null" })
  println(none.isInstanceOf[String])
}
