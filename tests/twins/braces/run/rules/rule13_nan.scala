// NaN differs from itself, also inside values; zeros are equal.
case class Box(d: Double)

@main def run(): Unit = {
  val nan = Double.NaN
  println(nan == nan)
  println(nan != nan)
  println((nan, 1) == (nan, 1))
  println(Box(nan) == Box(nan))
  println(List(nan) == List(nan))
  println(0.0 == -0.0)
  println(Box(0.0) == Box(-0.0))
  println((0.0: Any) == (-0.0: Any))
  println(nan < 1 || nan > 1 || nan <= nan)
  println(math.max(nan, 1.0))
  println(List(2.0, nan, 1.0).max)
  println(0.0.equals(-0.0))
  println((nan: Any).equals(nan))
}
