// Blocks as expressions, local definitions, shadowing.
object Main extends App:
  val x =
    val a = 2
    val b = 3
    a * b
  println(x)
  val y =
    val x = 10
    def double(n: Int) = n * 2
    double(x) + { val x = 1; x }
  println(y)
  println(x)
  def f(n: Int): Int =
    def g(n: Int): Int = n + 1
    val r = { println("inner"); g(n) }
    r * 2
  println(f(4))
  val unit = { val z = 1 }
  println(unit)
  :
    val x = "block"
    println(x)
  val late = { object O { val v = 3 }; O.v }
  println(late)
