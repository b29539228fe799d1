// A shop whose state is a fold over events: commands decide, projections read, snapshots replay.
enum Event {
  case Opened(shop: String)
  case Listed(item: String, price: Int)
  case Added(customer: String, item: String, quantity: Int)
  case Removed(customer: String, item: String)
  case CheckedOut(customer: String, total: Int)
  case Discounted(percent: Int)
}

enum Command {
  case Offer(item: String, price: Int)
  case Put(customer: String, item: String, quantity: Int)
  case Take(customer: String, item: String)
  case Buy(customer: String)
  case Sale(percent: Int)
}

case class State(
    name: String = "",
    prices: Map[String, Int] = Map.empty,
    carts: Map[String, Map[String, Int]] = Map.empty,
    discount: Int = 0,
    version: Int = 0
) {
  import Event.*

  def cart(customer: String): Map[String, Int] = carts.getOrElse(customer, Map.empty)

  def total(customer: String): Int = {
    val full = cart(customer).toList.map((item, n) => prices(item) * n).sum
    full - full * discount / 100
  }

  def apply(e: Event): State = {
    val next = e match {
      case Opened(shop)         => copy(name = shop)
      case Listed(item, price)  => copy(prices = prices.updated(item, price))
      case Added(c, item, n)    => copy(carts = carts.updated(c, cart(c).updated(item, cart(c).getOrElse(item, 0) + n)))
      case Removed(c, item)     => copy(carts = carts.updated(c, cart(c) - item))
      case CheckedOut(c, _)     => copy(carts = carts - c)
      case Discounted(percent)  => copy(discount = percent)
    }
    next.copy(version = version + 1)
  }

  def decide(c: Command): Either[String, List[Event]] = {
    import Command.*
    c match {
      case Offer(item, price) =>
        if price <= 0 then Left(s"$item cannot cost $price") else Right(List(Listed(item, price)))
      case Put(who, item, n) =>
        if !prices.contains(item) then Left(s"no $item here")
        else if n <= 0 then Left("put at least one")
        else Right(List(Added(who, item, n)))
      case Take(who, item) =>
        if cart(who).contains(item) then Right(List(Removed(who, item))) else Left(s"$who has no $item")
      case Buy(who) =>
        if cart(who).isEmpty then Left(s"the cart of $who is empty") else Right(List(CheckedOut(who, total(who))))
      case Sale(percent) =>
        if percent < 0 || percent > 90 then Left(s"$percent % is no discount")
        else if percent == discount then Right(Nil)
        else Right(List(Discounted(percent)))
    }
  }
}

class Store {
  private var log: Vector[Event] = Vector(Event.Opened("corner"))
  private var current: State = replay(log)
  private var rejected: List[String] = Nil

  private def replay(events: Seq[Event]): State = events.foldLeft(State())((s, e) => s(e))

  def send(c: Command): Unit = current.decide(c) match {
    case Right(events) =>
      log = log ++ events
      current = events.foldLeft(current)((s, e) => s(e))
    case Left(why) => rejected = s"$c: $why" :: rejected
  }

  def state: State = current
  def events: Vector[Event] = log
  def problems: List[String] = rejected.reverse
  def at(version: Int): State = replay(log.take(version))
  def isConsistent: Boolean = replay(log) == current
}

object Projection {
  import Event.*
  def revenue(events: Seq[Event]): Int = events.collect { case CheckedOut(_, t) => t }.sum
  def popularity(events: Seq[Event]): List[(String, Int)] =
    events.collect { case Added(_, item, n) => item -> n }.groupMapReduce(_._1)(_._2)(_ + _).toList.sortBy((i, n) => (-n, i))
  def timeline(events: Seq[Event], customer: String): List[String] =
    events.toList.collect {
      case Added(`customer`, item, n)   => s"+$n $item"
      case Removed(`customer`, item)    => s"-$item"
      case CheckedOut(`customer`, t)    => s"paid $t"
    }
}

@main def run(): Unit = {
  import Command.*
  val store = Store()
  val commands = List(
    Offer("tea", 300), Offer("cup", 800), Offer("air", 0),
    Put("ann", "tea", 2), Put("bob", "cup", 1), Put("bob", "pot", 1), Put("ann", "cup", 1),
    Take("bob", "tea"), Take("ann", "cup"), Sale(25), Sale(25), Sale(99), Buy("ann"), Buy("ann"),
    Put("bob", "tea", 3), Sale(0), Buy("bob")
  )
  commands.foreach(store.send)
  store.problems.foreach(println)
  println(store.state)
  println(store.events.length)
  println(store.isConsistent)
  println(store.at(5).carts)
  println(store.at(8).total("ann"))
  println(Projection.revenue(store.events))
  println(Projection.popularity(store.events))
  println(Projection.timeline(store.events, "ann"))
}
