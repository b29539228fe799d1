// NaN is unequal to itself, also inside of tuples and case classes; both zeros are equal.
case class P(x: Double)

@main def run(): Unit = {
  val nan = 0.0 / 0
  println(nan == nan)
  println(nan != nan)
  println(P(nan) == P(nan))
  println((1, nan) == (1, nan))
  println(List(nan) == List(nan))
  println(P(0.0) == P(-0.0))
  println(0.0 == -0.0)
  println(nan < 1 || nan > 1 || nan == 1)
  println(math.max(nan, 1.0))
  println(List(1.0) == List(1))
  println((1.0: Any) == 1)
}
