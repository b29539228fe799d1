// next of an exhausted iterator.
@main def run(): Unit = {
  val it = List(1).iterator
  println(it.next())
  println(it.next())
}
