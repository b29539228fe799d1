// derives CanEqual and strict equality.
import scala.language.strictEquality

case class Id(n: Int) derives CanEqual
enum Color derives CanEqual {
  case Red, Green
}

@main def run(): Unit = {
  println(Id(1) == Id(1))
  println(Id(1) != Id(2))
  println(Color.Red == Color.Green)
  println(1 == 1)
  println("a" == "a")
  println(Id(3) match {
    case Id(3) => "three"
    case _     => "other"
  }
  )
}
