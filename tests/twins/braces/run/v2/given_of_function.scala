// A function type in parentheses is what a given is of, not its conditions.
given (Int => String) = n => "<" + n + ">"
given (text: Int => String) => List[String] = List(text(1), text(2))

@main def main(): Unit = {
  println(summon[Int => String](7))
  println(summon[List[String]])
}
