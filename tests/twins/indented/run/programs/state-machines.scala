// A vending machine and a traffic light as state machines, and a generic runner with traces.
trait Machine[S, E]:
  def start: S
  def step(s: S, e: E): Either[String, S]
  def isFinal(s: S): Boolean = false

  def run(events: List[E]): (S, List[String]) =
    def loop(s: S, events: List[E], trace: List[String]): (S, List[String]) = events match
      case _ if isFinal(s) => (s, ("final" :: trace).reverse)
      case Nil             => (s, trace.reverse)
      case e :: rest =>
        step(s, e) match
          case Right(next) => loop(next, rest, s"$e -> $next" :: trace)
          case Left(why)   => loop(s, rest, s"$e refused: $why" :: trace)
    loop(start, events, Nil)

sealed trait Vending
case class Idle(credit: Int, stock: Map[String, Int]) extends Vending
case class Delivering(item: String, change: List[Int], after: Idle) extends Vending
case object OutOfOrder extends Vending

sealed trait VendingEvent
case class Coin(cents: Int) extends VendingEvent
case class Select(item: String) extends VendingEvent
case object Taken extends VendingEvent
case object Kick extends VendingEvent

class VendingMachine(prices: Map[String, Int]) extends Machine[Vending, VendingEvent]:
  private val coins = List(200, 100, 50, 20, 10)
  val start: Vending = Idle(0, prices.map((item, _) => item -> 1))
  override def isFinal(s: Vending): Boolean = s == OutOfOrder

  def change(amount: Int): List[Int] =
    coins.foldLeft((amount, List.empty[Int])) { case ((left, out), coin) =>
      (left % coin, out ::: List.fill(left / coin)(coin))
    }._2

  def step(s: Vending, e: VendingEvent): Either[String, Vending] = (s, e) match
    case (_, Kick)                                      => Right(OutOfOrder)
    case (Idle(credit, stock), Coin(c)) if coins.contains(c) => Right(Idle(credit + c, stock))
    case (Idle(_, _), Coin(c))                          => Left(s"no coin of $c")
    case (Idle(credit, stock), Select(item)) =>
      (prices.get(item), stock.getOrElse(item, 0)) match
        case (None, _)                       => Left(s"no $item")
        case (_, 0)                          => Left(s"$item sold out")
        case (Some(p), _) if p > credit      => Left(s"${p - credit} missing")
        case (Some(p), n)                    => Right(Delivering(item, change(credit - p), Idle(0, stock.updated(item, n - 1))))
    case (Delivering(_, _, after), Taken)               => Right(after)
    case (Idle(_, _), Taken)                            => Left("nothing to take")
    case (Delivering(item, _, _), _)                    => Left(s"take the $item first")
    case (OutOfOrder, _)                                => Left("out of order")

enum Light:
  case Red, RedYellow, Green, Yellow

object TrafficLight extends Machine[(Light, Int), Int]:
  import Light.*
  val start: (Light, Int) = (Red, 3)
  private def next(l: Light): (Light, Int) = l match
    case Red       => (RedYellow, 1)
    case RedYellow => (Green, 4)
    case Green     => (Yellow, 1)
    case Yellow    => (Red, 3)
  def step(s: (Light, Int), seconds: Int): Either[String, (Light, Int)] =
    if seconds <= 0 then Left("time does not go back")
    else if seconds < s._2 then Right((s._1, s._2 - seconds))
    else
      val (light, left) = next(s._1)
      if seconds == s._2 then Right((light, left)) else step((light, left), seconds - s._2)

object Main:
  def main(args: Array[String]): Unit =
    val machine = new VendingMachine(Map("tea" -> 120, "cake" -> 250))
    val (end, trace) = machine.run(List(
      Taken, Select("tea"), Coin(100), Coin(3), Coin(200), Select("tea"), Coin(10), Taken, Select("tea"),
      Select("soup"), Coin(200), Coin(50), Select("cake"), Taken, Kick, Coin(10)
    ))
    trace.foreach(println)
    println(end)
    println(machine.change(380))
    val (light, lights) = TrafficLight.run(List(1, 2, 1, 3, 0, 2, 100))
    lights.foreach(println)
    println(light)
