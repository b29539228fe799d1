// By-name arguments and functions without parameters.
@main def run(): Unit = {
  def timed(label: String)(body: => Int): Int = {
    println(s"begin $label")
    val result = body
    println(s"end $label")
    result
  }
  println(timed("sum") { (1 to 4).sum })
  println(timed("nested")(timed("inner")(5) + 1))
  def delay(f: () => Int): Int = f() + f()
  var k = 0
  println(delay { () => k += 1; k })
  class Lazy(compute: => Int) {
    lazy val value: Int = compute
  }
  val l = Lazy { println("computing"); 9 }
  println("made")
  println(l.value + l.value)
}
