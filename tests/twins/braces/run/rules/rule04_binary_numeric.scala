// The sides of an operation widen to Int at least, or to the larger type of the two.
def kind(a: Any): String = a match {
  case _: Int => s"Int $a"
  case _: Long => s"Long $a"
  case _: Float => s"Float $a"
  case _: Double => s"Double $a"
  case _ => s"other $a"
}

@main def run(): Unit = {
  val b: Byte = 100
  val s: Short = 30000
  println(kind('a' + 1))
  println(kind('a' + 'b'))
  println(kind(b + b))
  println(kind(s * s))
  println(kind(b + 1L))
  println(kind(1 + 1.5f))
  println(kind(1L + 1.5f))
  println(kind(1.5f + 1.5))
  println(kind(-b))
  println(kind(~s))
  println(kind(+'a'))
  println('a' == 97)
  println(b == 100L)
  println(97.0 == 'a')
  println('b' - 'a' < 1.5)
}
