// Generators on the right are evaluated for each element on the left.
@main def run(): Unit = {
  def source(name: String, xs: List[Int]): List[Int] = {
    print(s"<$name> ")
    xs
  }
  val result =
    for {
      x <- source("outer", List(1, 2, 3))
      y <- source("inner", List(10, 20))
      if y / 10 != x
    }
    yield x + y
  println(result)
  for x <- source("only", Nil); y <- source("never", List(1)) do println(y)
  println()
}
