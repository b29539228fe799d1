// Bindings take every value; `case` filters; @unchecked throws.
case class P(a: Int, b: String)

@main def run(): Unit = {
  val P(a, b) = P(1, "x")
  val (c, (d, e)) = (2, (3, 4))
  println(s"$a $b $c $d $e")
  for (k, v) <- List(1 -> "one", 2 -> "two") do println(s"$k=$v")
  val options = List(Some(1), None, Some(3))
  println(for case Some(n) <- options yield n)
  println(for case (1, s) <- List((1, "a"), (2, "b")) yield s)
  val first :: _ = List(5, 6): @unchecked
  println(first)
  try {
    val Some(n) = Option.empty[Int]: @unchecked
    println(n)
  }
  catch case e: MatchError => println(e.getMessage)
  var (x, y) = (1, 2)
  x += y
  println(x)
  val List(p, q*) = List(1, 2, 3): @unchecked
  println(s"$p $q")
}
