// unapplySeq gives as many values as there are.
object Words {
  def unapplySeq(s: String): Option[Seq[String]] = Some(s.split(" ").toList)
}
object Digits {
  def unapplySeq(n: Int): Option[List[Int]] =
    if n < 0 then None else Some(n.toString.map(_.asDigit).toList)
}

@main def run(): Unit = {
  def command(s: String): String = s match {
    case Words("go", direction)      => s"going $direction"
    case Words("take", first, rest*) => s"taking $first and ${rest.mkString("+")}"
    case Words(one)                  => s"only $one"
    case _                           => "?"
  }
  println(command("go north"))
  println(command("take lamp key rope"))
  println(command("look"))
  println(command("a b c"))
  12345 match {
    case Digits(a, b, _*) => println(a * 10 + b)
    case _                => println("negative")
  }
  -3 match {
    case Digits(_*) => println("digits")
    case _          => println("negative")
  }
}
