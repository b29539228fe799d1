// unapply that gives an Option.
object Even {
  def unapply(n: Int): Option[Int] = if n % 2 == 0 then Some(n / 2) else None
}
object Email {
  def apply(user: String, domain: String): String = s"$user@$domain"
  def unapply(s: String): Option[(String, String)] = {
    val at = s.indexOf('@')
    if at < 1 then None else Some((s.substring(0, at), s.substring(at + 1)))
  }
}

@main def run(): Unit = {
  for n <- List(10, 7) do
    n match {
      case Even(half) => println(s"$n is twice $half")
      case odd        => println(s"$odd is odd")
    }
  Email("ada", "example.org") match {
    case Email(user, domain) => println(s"$user at $domain")
    case _                   => println("none")
  }
  println("nobody" match { case Email(u, _) => u; case other => other.length.toString })
  println(List("a@b", "c", "d@e").collect { case Email(u, d) => u + d })
  12 match {
    case Even(Even(quarter)) => println(quarter)
    case _                   => println("no quarter")
  }
}
