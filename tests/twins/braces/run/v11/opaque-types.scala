// An opaque type is its representation inside, and abstract outside.
object Units {
  opaque type Meters = Int
  opaque type Name = String
  object Meters {
    def apply(n: Int): Meters = n
    val zero: Meters = 0
  }
  object Name {
    def from(s: String): Option[Name] = if s.nonEmpty then Some(s) else None
  }
  extension (m: Meters) {
    def +(that: Meters): Meters = m + that
    def value: Int = m
    def twice: Meters = m * 2
  }
  extension (n: Name) def initial: Char = n.head
}

import Units.*

@main def run(): Unit = {
  val a = Meters(5)
  println((a + Meters(3)).value)
  println(a.twice.value)
  println(List(Meters(1), a).map(_.value).sum)
  println(Name.from("ada").map(_.initial))
  println(Name.from(""))
  println(Meters.zero.value)
}
