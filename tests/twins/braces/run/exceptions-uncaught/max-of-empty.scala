// The largest of nothing.
@main def run(): Unit = {
  println(List(3, 5).max)
  println(List.empty[Int].max)
}
