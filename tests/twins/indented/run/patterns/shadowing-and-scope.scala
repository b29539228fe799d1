// Names bound by patterns live in their clause only.
@main def run(): Unit =
  val x = 1
  val result = (2, 3) match
    case (x, y) if x > y => s"greater $x"
    case (y, x)          => s"swapped $x $y"
  println(result)
  println(x)
  List(Some(5), None).foreach:
    case Some(x) => println(s"inner $x")
    case None    => println(s"outer $x")
  val f: Int => Int =
    case 1 => x
    case x => x * 100
  println(f(1) + f(2))
  def g(x: Int): Int = x match
    case 0 => 0
    case _ =>
      val y = x - 1
      y match
        case x => x + y
  println(g(5))
