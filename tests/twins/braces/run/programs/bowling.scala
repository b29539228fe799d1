// The score of a game of ten-pin bowling, with validation and a score sheet.
enum Frame {
  case Strike
  case Spare(first: Int)
  case Open(first: Int, second: Int)
  case Last(rolls: List[Int])
}

object Bowling {
  import Frame.*

  def frames(rolls: List[Int]): Either[String, List[Frame]] = {
    def loop(rolls: List[Int], number: Int, acc: List[Frame]): Either[String, List[Frame]] =
      if number == 10 then last(rolls).map(f => (f :: acc).reverse)
      else
        rolls match {
          case n :: _ if n < 0 || n > 10      => Left(s"frame $number: $n pins")
          case 10 :: rest                     => loop(rest, number + 1, Strike :: acc)
          case a :: b :: _ if a + b > 10      => Left(s"frame $number: $a and $b are more than ten")
          case a :: b :: rest if a + b == 10  => loop(rest, number + 1, Spare(a) :: acc)
          case a :: b :: rest                 => loop(rest, number + 1, Open(a, b) :: acc)
          case _                              => Left(s"the game ends in frame $number")
        }
    loop(rolls, 1, Nil)
  }

  private def last(rolls: List[Int]): Either[String, Frame] = rolls match {
    case a :: b :: Nil if a + b < 10                                     => Right(Last(rolls))
    case 10 :: b :: c :: Nil if b == 10 && c <= 10 || b < 10 && b + c <= 10 => Right(Last(rolls))
    case a :: b :: c :: Nil if a < 10 && a + b == 10 && c <= 10          => Right(Last(rolls))
    case _                                                               => Left(s"bad last frame ${rolls.mkString(" ")}")
  }

  private def pins(f: Frame): List[Int] = f match {
    case Strike      => List(10)
    case Spare(a)    => List(a, 10 - a)
    case Open(a, b)  => List(a, b)
    case Last(rolls) => rolls
  }

  def scores(frames: List[Frame]): List[Int] = {
    val each = frames.tails.toList.collect { case f :: rest =>
      val next = rest.flatMap(pins)
      f match {
        case Strike     => 10 + next.take(2).sum
        case Spare(_)   => 10 + next.head
        case Open(a, b) => a + b
        case Last(r)    => r.sum
      }
    }
    each.scanLeft(0)(_ + _).tail
  }

  def show(f: Frame): String = {
    def one(n: Int): String = if n == 10 then "X" else if n == 0 then "-" else n.toString
    f match {
      case Strike              => "X"
      case Spare(a)            => one(a) + "/"
      case Open(a, b)          => one(a) + one(b)
      case Last(List(a, b, c)) if a < 10 => one(a) + "/" + one(c)
      case Last(rolls)         => rolls.map(one).mkString
    }
  }

  def sheet(rolls: List[Int]): String = frames(rolls) match {
    case Left(problem) => s"invalid: $problem"
    case Right(fs) =>
      val columns = fs.map(show).zip(scores(fs).map(_.toString))
      val widths = columns.map((a, b) => math.max(a.length, b.length))
      def line(cells: List[String]): String =
        cells.zip(widths).map((c, w) => " " * (w - c.length) + c).mkString("|", "|", "|")
      line(columns.map(_._1)) + "\n" + line(columns.map(_._2))
  }
}

@main def run(): Unit = {
  val games = List(
    List.fill(12)(10),
    List.fill(21)(5),
    List.fill(20)(0),
    List(1, 4, 4, 5, 6, 4, 5, 5, 10, 0, 1, 7, 3, 6, 4, 10, 2, 8, 6),
    List(10, 9, 1, 5, 5, 7, 2, 10, 10, 10, 9, 0, 8, 2, 9, 1, 10),
    List(5, 6),
    List(1, 2, 3),
    List.fill(18)(1) ++ List(10, 5, 6),
    List.fill(18)(1) ++ List(5, 5),
    List(11)
  )
  games.foreach(g => println(Bowling.sheet(g)))
}
