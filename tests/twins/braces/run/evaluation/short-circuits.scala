// What is not needed is not evaluated.
@main def run(): Unit = {
  def fail(): Boolean = sys.error("evaluated")
  println(false && fail())
  println(true || fail())
  println(if true then "yes" else fail().toString)
  println(List(1, 2, 3).exists(n => n == 1 || fail()))
  println(Some(1).getOrElse(sys.error("evaluated")))
  println(List(1, 2, 3).takeWhile(n => n < 2).length)
  val xs = List(4, 5)
  println(xs.nonEmpty && xs.head > 3 && (xs.tail.isEmpty || xs.tail.head > 4))
  lazy val never = fail()
  println(false & true)
}
