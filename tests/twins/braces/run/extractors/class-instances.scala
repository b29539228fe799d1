// Extractors that are values: what they accept depends on the instance.
class Multiple(of: Int) {
  def unapply(n: Int): Option[Int] = if n % of == 0 then Some(n / of) else None
}
class Between(low: Int, high: Int) {
  def unapply(n: Int): Boolean = low <= n && n <= high
}

@main def run(): Unit = {
  val Three = Multiple(3)
  val Five = Multiple(5)
  val Teen = Between(13, 19)
  def name(n: Int): String = n match {
    case Three(Five(k)) => s"fifteen times $k"
    case Three(k)       => s"three times $k"
    case Five(k)        => s"five times $k"
    case Teen()         => s"teen $n"
    case _              => n.toString
  }
  println(List(30, 9, 25, 17, 22).map(name))
}
