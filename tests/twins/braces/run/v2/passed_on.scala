// A parameter that is only passed on has the type of the method's parameter.
object Test {
  def repeat(text: String, n: Int): String = text * n
  class Box(val content: Int) {
    def plus(n: Int, m: Int): Int = content + n + m
  }
  def main(args: Array[String]): Unit = {
    val thrice = repeat(_, 3)
    println(thrice("ab"))
    val letters = repeat("x", _)
    println(letters(4))
    val both = repeat(_, _)
    println(both("y", 2))
    println((repeat(_, _))("z", 1))
    val box = Box(10)
    val add = box.plus(_, 2)
    println(add(5))
    val lambda = n => box.plus(n, 1)
    println(lambda(1))
  }
}
