// Patterns in val definitions; the right side is evaluated once.
case class Point(x: Int, y: Int)

@main def run(): Unit = {
  def make(): Point = {
    print("made ")
    Point(3, 4)
  }
  val Point(x, y) = make()
  println(x * y)
  val (a, b, c) = (1, "two", '3')
  println(s"$a $b $c")
  val Point(_, onlyY) = Point(8, 9)
  println(onlyY)
  var (p, q) = (1, 2)
  p += 10
  q = p + q
  println(s"$p $q")
  val List(first, second) = List(5, 6): @unchecked
  println(first - second)
  val h :: t = List(1, 2, 3): @unchecked
  println(s"$h $t")
  val Some(value) = Option(7): @unchecked
  println(value)
}
