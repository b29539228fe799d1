object CompanionText:
  final case class Plain(x: Int)
  case class Named(x: Int)
  object Named { override def toString: String = "the names" }
  case class Box[A](x: A)
  def main(args: Array[String]): Unit =
    println(Plain.toString)
    println(Named)
    println(s"$Box of ${Box(1)}")
