// A name that no enum case has.
enum Color {
  case Red, Green
}

@main def run(): Unit = {
  println(Color.valueOf("Green"))
  println(Color.valueOf("Blue"))
}
