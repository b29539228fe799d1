// `contains` of a string takes text, a character, or any element.
@main def main(): Unit = {
  val byte: Byte = 98
  println("abc".contains("bc"))
  println("abc".contains('b'))
  println("abc" contains byte)
  val f = "abc".contains("b", (_: Int))
  println(f(1))
  println(Array[Any](1, "x").asInstanceOf[Array[Any]](1))
}
