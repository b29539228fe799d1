// Several arguments for one parameter become a tuple.
object Test {
  def first(pair: (Int, String)): Int = pair._1
  def same[T](x: T): T = x
  def show(x: Any): String = x.toString
  def main(args: Array[String]): Unit = {
    println(first(1, "a"))
    println(same(1, 2.0, 'c'))
    println(show(1, "b"))
    println(Some(1, 2))
    Some(1, 2) match {
      case Some(a, b) => println(a + b)
    }
  }
}
