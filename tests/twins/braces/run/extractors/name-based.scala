// An extractor's result may be any class with isEmpty and get, or a product with _1, _2.
class Found(val isEmpty: Boolean, val get: Int)
object Square {
  def unapply(n: Int): Found = {
    val root = (0 to n).find(r => r * r >= n).getOrElse(0)
    Found(root * root != n, root)
  }
}

class Pair(val _1: Int, val _2: String) extends Product {
  def canEqual(that: Any): Boolean = true
  def productArity: Int = 2
  def productElement(n: Int): Any = if n == 0 then _1 else _2
}
object Split {
  def unapply(s: String): Pair = Pair(s.length, s.reverse)
}

@main def run(): Unit = {
  for n <- List(16, 17, 0) do
    n match {
      case Square(r) => println(s"$n = $r * $r")
      case _         => println(s"$n is no square")
    }
  "abc" match {
    case Split(n, r) => println(s"$n $r")
  }
}
