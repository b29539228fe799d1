// Parts of arrays beyond their end are empty.
@main def slices(): Unit = {
  val two = Array(1, 2)
  println(two.drop(3).toList)
  println(two.drop(2).toList)
  println(two.slice(3, 5).toList)
  println(two.slice(5, 3).toList)
  println(two.slice(-2, 1).toList)
  println(two.take(3).toList)
  println(two.take(-1).toList)
  println(two.takeRight(5).toList)
  println(two.dropRight(5).toList)
  println(Array.empty[String].drop(1).toList)
}
