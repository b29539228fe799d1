// The same with a sealed trait, case classes and a case object.
sealed trait Result[+A]:
  def isOk: Boolean = this match
    case Ok(_)    => true
    case _        => false
case class Ok[A](value: A) extends Result[A]
case class Failed(reason: String, code: Int) extends Result[Nothing]
case object Pending extends Result[Nothing]

object Main:
  def describe(r: Result[Int]): String = r match
    case Ok(n) if n < 0    => "negative"
    case Ok(n)             => s"ok $n"
    case Failed(why, 404)  => s"missing: $why"
    case Failed(why, code) => s"failed $code: $why"
    case Pending           => "pending"

  def main(args: Array[String]): Unit =
    val all = List(Ok(1), Ok(-1), Failed("page", 404), Failed("disk", 5), Pending)
    all.foreach(r => println(describe(r)))
    println(all.count(_.isOk))
    println(all)
