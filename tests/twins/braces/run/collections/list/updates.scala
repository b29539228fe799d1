// New lists from old ones; the old ones do not change.
@main def run(): Unit = {
  val xs = List("a", "b", "c")
  println(xs.updated(1, "X"))
  println(xs.patch(1, List("p", "q"), 1))
  println(xs.padTo(5, "-"))
  println(xs.mkString("+"))
  println(xs.mkString("<", "|", ">"))
  println("z" :: xs)
  println(xs.appended("d"))
  println(xs.prepended("0"))
  println(xs.appendedAll(List("y", "z")))
  println(xs)
  println(xs.corresponds(List(1, 1, 1))((s, n) => s.length == n))
  println(xs.sameElements(List("a", "b", "c")))
  println(List(1, 2, 3).map(x => List(x, -x)).transpose)
}
