// scalac warns: values are discarded
// if without else, while, assignments and blocks that end in a definition are Unit; Unit takes any value.
@main def run(): Unit = {
  val n = 5
  val a: Any = if n > 9 then 1
  println(a)
  val b = while false do ()
  println(b)
  var v = 0
  val c = v = 3
  println(s"$c $v")
  val d = { val x = 1 }
  println(d)
  def discard(): Unit = 42
  println(discard())
  val f: Int => Unit = x => x * 2
  println(f(3))
  val g: () => Unit = () => "text"
  println(g())
  val e = for i <- 1 to 2 do i
  println(e)
  val h = List(1, 2).foreach(_ + 1)
  println(h == ())
}
