// Exceptions caught by type, with a result.
@main def run(): Unit = {
  def attempt(f: => Int): String =
    try s"result ${f}"
    catch {
      case e: ArithmeticException    => s"arithmetic: ${e.getMessage}"
      case e: NoSuchElementException => s"no element: ${e.getMessage}"
      case e: RuntimeException       => s"runtime: ${e.getMessage}"
    }
  val zero = 0
  println(attempt(10 / 2))
  println(attempt(10 / zero))
  println(attempt(List.empty[Int].head))
  println(attempt(Option.empty[Int].get))
  println(attempt(Map(1 -> 2)(3)))
  println(attempt("x".toInt))
  println(attempt(sys.error("boo")))
  println(attempt(throw new IllegalStateException("state")))
  println(attempt(List(1)(9)))
}
