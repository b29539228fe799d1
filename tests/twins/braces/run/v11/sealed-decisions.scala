// Matches on sealed hierarchies and numbers: guards run in order and once, what a case knows is not
// asked again, extractors are asked as often as Scala asks them.
sealed trait Shape
case class Circle(radius: Int) extends Shape
case class Square(side: Int) extends Shape
sealed trait Sheet extends Shape
case class Large(width: Int, height: Int) extends Sheet
case class Small(width: Int) extends Sheet
case object Nowhere extends Shape
final case class Pair(left: Shape, right: Shape) extends Shape

enum Color {
  case Red, Green, Blue
  case Mix(red: Int, green: Int, blue: Int)
  case Faded(of: Color)
}

object Test {
  var asked = 0
  def ask(answer: Boolean, what: String): Boolean = {
    asked += 1
    print(s"[$what]")
    answer
  }

  object Even {
    def unapply(n: Int): Option[Int] = {
      print(s"<$n>")
      if n % 2 == 0 then Some(n / 2) else None
    }
  }

  def describe(shape: Shape): String = shape match {
    case Circle(0) => "point"
    case Circle(r) if ask(r > 100, "big?") => "big circle"
    case Square(1) | Small(1) => "one"
    case Circle(Even(half)) => s"circle of even $half"
    case Square(n) if ask(n < 0, "negative?") => "negative square"
    case Large(w, h) if w == h => "large square"
    case s: Sheet if ask(s.isInstanceOf[Small], "small?") => s"small sheet $s"
    case Circle(r) => s"circle $r"
    case Nowhere => "nowhere"
    case Pair(Circle(a), Circle(b)) => s"circles $a $b"
    case Pair(Nowhere, right) => s"only ${describe(right)}"
    case Pair(left, Nowhere) => s"${describe(left)} alone"
    case Pair(left, right) => s"(${describe(left)}, ${describe(right)})"
    case other => s"other $other"
  }

  def shade(color: Color): Int = color match {
    case Color.Red => 1
    case Color.Mix(0, 0, 0) => 2
    case Color.Green => 3
    case Color.Faded(Color.Red) => 4
    case Color.Mix(r, _, _) if r > 5 => 5
    case Color.Faded(Color.Faded(inner)) => 10 * shade(inner)
    case Color.Blue => 6
    case Color.Faded(inner) => 100 + shade(inner)
    case Color.Mix(_, _, b) => 1000 + b
  }

  def number(n: Int): String = n match {
    case 1 if ask(false, "one?") => "never"
    case 2 => "two"
    case 1 => "one"
    case 3 | 4 | 5 => "some"
    case Even(half) => s"twice $half"
    case 7 => "seven"
    case _ => "many"
  }

  def any(value: Any): String = value match {
    case n: Int if n > 10 => "large"
    case s: String if s.isEmpty => "empty"
    case 3 => "three"
    case n: Int => s"int $n"
    case "x" => "the x"
    case s: String => s"text $s"
    case c: Char => s"char $c"
    case l: Long => s"long $l"
    case Circle(r) => s"circle $r"
    case s: Shape => s"shape ${describe(s)}"
    case null => "null"
    case xs: List[?] => s"list of ${xs.length}"
    case _: Array[Int] => "ints"
    case _ => "what?"
  }

  def main(args: Array[String]): Unit = {
    val shapes = List(
      Circle(0), Circle(7), Circle(8), Circle(101), Square(1), Square(2), Square(-1), Large(2, 2),
      Large(1, 2), Small(1), Small(5), Nowhere, Pair(Circle(1), Circle(2)), Pair(Nowhere, Square(3)),
      Pair(Circle(4), Nowhere), Pair(Square(9), Small(2)), Pair(Pair(Nowhere, Nowhere), Circle(5)))
    for shape <- shapes do println(describe(shape))
    import Color.*
    val colors = List(Red, Green, Blue, Mix(0, 0, 0), Mix(6, 0, 0), Mix(5, 1, 2), Faded(Red),
      Faded(Blue), Faded(Faded(Green)), Faded(Faded(Mix(9, 9, 9))), Faded(Mix(1, 2, 3)))
    println(colors.map(shade))
    for n <- -1 to 8 do println(number(n))
    val things = List[Any](3, 11, 4, "", "x", "y", 'c', 5L, Circle(2), Small(3), null, List(1, 2),
      Array(1), Array("a"), 2.5, true, Red)
    for thing <- things do println(any(thing))
    println(asked)
  }
}
