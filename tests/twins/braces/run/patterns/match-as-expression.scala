// match is an expression and may stand in a chain of others.
@main def run(): Unit = {
  val n = 4
  val text = "n is " + (n match { case 4 => "four"; case _ => "something" })
  println(text)
  val length = (n % 2 match {
    case 0 => "even"
    case _ => "odd"
  }
  ).length
  println(length)
  println(n match { case x if x > 3 => x * 2; case x => x } )
  val nested = n match {
    case 4 =>
      val half = n / 2
      half match {
        case 2 => "two"
        case _ => "?"
      }
    case _ => "!"
  }
  println(nested)
  def classify(x: Int): String = {
    x match {
      case 0 => return "nothing"
      case _ => ()
    }
    "something"
  }
  println(classify(0) + classify(1))
}
