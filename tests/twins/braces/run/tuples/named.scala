// Named tuples: elements by name, at run time a plain tuple.
type Person = (name: String, age: Int)

def older(p: Person): Person = (name = p.name, age = p.age + 1)
def nameOf[P <: (name: String, age: Int)](p: P): String = p.name
def plain(p: (String, Int)): String = p._1 + p._2

object Split {
  def unapply(text: String): Option[(first: Char, rest: String)] =
    if text.isEmpty then None else Some((first = text.head, rest = text.tail))
}
class Point(val x: Int, val y: Int)
object Point {
  def unapply(p: Point): (x: Int, y: Int) = (p.x, p.y)
}

@main def main(): Unit = {
  val ada: Person = (name = "Ada", age = 36)
  println(ada)
  println(ada.name + " " + older(ada).age)
  val one = (only = 1)
  println(one.only)
  println(one)
  val bob: Person = ("Bob", 40)
  println(bob.name)
  println(plain(bob))
  println(ada.toTuple._2)
  println(nameOf(ada))
  println(ada == (name = "Ada", age = 36))
  val people = List(ada, bob, (name = "Lucy", age = 45))
  println(people.map(_.age).sum)
  println(people.map((n, a) => n.length + a))
  people.foreach { case (n, a) => print(s"$n:$a ") }
  println()
  val (name = n, age = a) = ada
  println(s"$n $a")
  bob match {
    case (age = years) => println(years)
  }
  people.last match {
    case (n, 45) => println(n)
    case _ => println("none")
  }
  Option(ada) match {
    case Some(name = m) => println(m)
    case None => println("none")
  }
  "scala" match {
    case Split(rest = r, first = f) => println(s"$f-$r")
    case _ => println("empty")
  }
  Point(1, 2) match {
    case Point(y = up) => println(up)
  }
  Point(3, 4) match {
    case Point(x, y) => println(x * y)
  }
  val nested = (outer = (inner = 5, other = "o"), flag = true)
  println(nested.outer.inner)
  println(nested.hashCode == ((5, "o"), true).hashCode)
}
