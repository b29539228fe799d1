// Type aliases, also with parameters.
object Model:
  type Name = String
  type Score = Int
  type Table = Map[Name, List[Score]]
  type Pair[A] = (A, A)
  type Check[A] = A => Either[String, A]

object Main extends App:
  import Model.*
  val table: Table = Map("ann" -> List(3, 4), "bob" -> Nil)
  def average(t: Table, n: Name): Option[Score] = t.get(n).filter(_.nonEmpty).map(xs => xs.sum / xs.size)
  println(average(table, "ann"))
  println(average(table, "bob"))
  val p: Pair[Int] = (1, 2)
  println(p._1 + p._2)
  val positive: Check[Int] = n => if n > 0 then Right(n) else Left(s"$n is not positive")
  println(positive(5))
  println(positive(-5))
