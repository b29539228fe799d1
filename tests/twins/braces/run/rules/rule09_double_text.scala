// Text of Double and Float: plain between 1e-3 and 1e7, shortest digits.
@main def run(): Unit = {
  val doubles = List(1.0, 100.0, 1e7, 12345678.9, 9999999.0, 1e-3, 1e-4, 0.00123, -0.0, 1.0 / 3, 2.0 / 3, 1e21, 1e22,
    1.1e-5, 123456789012345680.0, Double.MaxValue, Double.MinPositiveValue, 4.35, 0.1 + 0.2, 2e-3, 100.5, 1e100, 5e-324, 9.5367431640625e-7)
  doubles.foreach(println)
  println(1.0 / 0)
  println(-1.0 / 0)
  println(0.0 / 0)
  val floats = List(1.0f / 3, 16777216f, 1e10f, 3.4028235e38f, 1.4e-45f, 0.001f, 1e-4f, 123456.79f, 0.1f + 0.2f)
  floats.foreach(println)
  println(math.round(-2.5))
  println(math.round(2.5))
  println(math.round(0.49999999999999994))
  println(s"${1.0f} ${1.0} ${100}")
}
