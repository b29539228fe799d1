// Unit from if without else, while, assignments; a value where Unit is expected is dropped.
@main def run(): Unit = {
  var n = 0
  val a = n = 5
  println(a)
  val b = while n > 3 do n -= 1
  println(b)
  val c = if n == 100 then ()
  println(c)
  def discard(): Unit = n + 1
  println(discard())
  val d: Unit = ()
  println(d == a)
  def nothing(u: Unit): String = s"got $u"
  println(nothing(()))
  println(List((), ()).length)
}
