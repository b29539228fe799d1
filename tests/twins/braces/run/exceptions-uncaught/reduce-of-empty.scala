// reduce of nothing.
@main def run(): Unit = {
  println(List(3, 5).reduce(_ + _))
  println(List.empty[Int].reduce(_ + _))
}
