// A by-name argument passed on by name is still not evaluated.
@main def run(): Unit = {
  def inner(x: => String): String = {
    println("inner")
    x + x
  }
  def outer(x: => String): String = {
    println("outer")
    inner(x)
  }
  println(outer { print("(eval)"); "a" })
  def both(a: => Boolean, b: => Boolean): Boolean = a && b
  println(both({ print("left "); false }, { print("right "); true }))
  println(both({ print("left "); true }, { print("right "); true }))
}
