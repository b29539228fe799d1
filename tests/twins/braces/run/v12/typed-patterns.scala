// Typed patterns test the class of a value.
@main def run(): Unit = {
  def describe(x: Any): String = x match {
    case 0                => "zero"
    case i: Int if i < 0  => s"negative $i"
    case i: Int           => s"int $i"
    case l: Long          => s"long $l"
    case c: Char          => s"char $c"
    case b: Boolean       => s"boolean $b"
    case s: String        => s"string of ${s.length}"
    case (a, b)           => s"pair of ${describe(a)} and ${describe(b)}"
    case Some(y)          => s"some ${describe(y)}"
    case None             => "none"
    case h :: t           => s"list from ${describe(h)}, ${t.length} more"
    case Nil              => "empty list"
    case _: Vector[?]     => "vector"
    case ()               => "unit"
    case _                => "something else"
  }
  val all = List(0, -4, 7, 8L, 'x', true, "abc", (1, "b"), Some(Some(2)), None, List(1, 2), Nil, Vector(1), (), Right(1))
  all.foreach(x => println(describe(x)))
}
