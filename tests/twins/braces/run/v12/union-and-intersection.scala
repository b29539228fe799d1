// Union types are matched by their members; intersections have the members of both.
trait Named {
  def name: String
}
trait Aged {
  def age: Int
}
case class Person(name: String, age: Int) extends Named, Aged

def describe(x: Int | String | Boolean): String = x match {
  case n: Int     => s"number $n"
  case s: String  => s"text $s"
  case b: Boolean => s"flag $b"
}

def both(x: Named & Aged): String = s"${x.name} is ${x.age}"

def parse(s: String): Int | String = s.toIntOption match {
  case Some(n) => n
  case None    => s
}

@main def run(): Unit = {
  println(describe(1))
  println(describe("a"))
  println(describe(true))
  println(both(Person("Ann", 30)))
  println(List("1", "x").map(parse))
  val xs: List[Int | String] = List(1, "two", 3)
  println(xs.map { case n: Int => n; case s: String => s.length }.sum)
}
