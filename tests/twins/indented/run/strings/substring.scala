// Parts of a string.
object Main extends App:
  val s = "hello world"
  println(s.substring(6))
  println(s.substring(0, 5))
  println(s.take(3))
  println(s.drop(6))
  println(s.takeRight(3))
  println(s.dropRight(6))
  println(s.slice(2, 5))
  println(s.slice(-3, 2))
  println(s.take(100))
  println(s.drop(100).isEmpty)
  println(s.takeWhile(_ != ' '))
  println(s.dropWhile(_ != ' '))
  println(s.splitAt(5))
  println(s.span(_ < 'l'))
