// An index outside of a string.
@main def run(): Unit = {
  println("abc".charAt(2))
  println("abc".charAt(5))
}
