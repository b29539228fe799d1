// An inventory: stock moves, reservations, reorder proposals and a report.
enum Move {
  case Receive(sku: String, quantity: Int, cost: Int)
  case Reserve(order: Int, sku: String, quantity: Int)
  case Release(order: Int)
  case Ship(order: Int)
  case Count(sku: String, found: Int)
}

case class Lot(quantity: Int, cost: Int)
case class Stock(lots: Vector[Lot]) {
  def quantity: Int = lots.map(_.quantity).sum
  def value: Int = lots.map(l => l.quantity * l.cost).sum
  def add(l: Lot): Stock = Stock(lots :+ l)
  /** Takes from the oldest lots first; gives what is left and what the goods cost. */
  def take(n: Int): (Stock, Int) = {
    def loop(left: Int, rest: Vector[Lot], cost: Int): (Stock, Int) =
      if left == 0 then (Stock(rest), cost)
      else
        rest match {
          case Lot(q, c) +: more if q <= left => loop(left - q, more, cost + q * c)
          case Lot(q, c) +: more              => (Stock(Lot(q - left, c) +: more), cost + left * c)
          case _                              => (Stock(Vector.empty), cost)
        }
    loop(n, lots, 0)
  }
}

case class Reservation(order: Int, sku: String, quantity: Int)

case class Inventory(
    stock: Map[String, Stock] = Map.empty,
    reserved: List[Reservation] = Nil,
    goodsSold: Int = 0,
    losses: Int = 0,
    messages: Vector[String] = Vector.empty
) {
  import Move.*

  private def of(sku: String): Stock = stock.getOrElse(sku, Stock(Vector.empty))
  private def say(text: String): Inventory = copy(messages = messages :+ text)

  def available(sku: String): Int = of(sku).quantity - reserved.filter(_.sku == sku).map(_.quantity).sum

  def apply(m: Move): Inventory = m match {
    case Receive(sku, q, cost) => copy(stock = stock.updated(sku, of(sku).add(Lot(q, cost))))
    case Reserve(order, sku, q) if available(sku) < q =>
      say(s"order $order: only ${available(sku)} of $q $sku")
    case Reserve(order, sku, q) => copy(reserved = Reservation(order, sku, q) :: reserved)
    case Release(order)         => copy(reserved = reserved.filter(_.order != order))
    case Ship(order) =>
      val (mine, others) = reserved.partition(_.order == order)
      if mine.isEmpty then say(s"order $order: nothing reserved")
      else
        mine.foldLeft(copy(reserved = others)) { (inv, r) =>
          val (left, cost) = inv.of(r.sku).take(r.quantity)
          inv.copy(stock = inv.stock.updated(r.sku, left), goodsSold = inv.goodsSold + cost)
        }
    case Count(sku, found) =>
      val expected = of(sku).quantity
      if found < expected then {
        val (left, cost) = of(sku).take(expected - found)
        copy(stock = stock.updated(sku, left), losses = losses + cost).say(s"$sku: ${expected - found} missing")
      }
      else if found > expected then
        copy(stock = stock.updated(sku, of(sku).add(Lot(found - expected, 0)))).say(s"$sku: ${found - expected} too many")
      else this
  }

  def reorder(minimum: Int): List[(String, Int)] =
    stock.keys.toList.sorted.map(s => (s, minimum - available(s))).filter(_._2 > 0)

  def report: String =
    stock.toList.sortBy(_._1).map { (sku, s) =>
      s"$sku: ${s.quantity} in ${s.lots.length} lots worth ${s.value}, ${available(sku)} free"
    }.mkString("\n")
}

@main def run(): Unit = {
  import Move.*
  val moves = List(
    Receive("bolt", 100, 2), Receive("nut", 80, 1), Receive("bolt", 50, 3),
    Reserve(1, "bolt", 120), Reserve(1, "nut", 30), Reserve(2, "bolt", 40), Reserve(3, "bolt", 30),
    Ship(1), Ship(1), Count("nut", 48), Release(3), Reserve(2, "bolt", 25), Receive("bolt", 10, 4),
    Count("bolt", 45), Ship(2), Reserve(4, "gear", 1)
  )
  val end = moves.foldLeft(Inventory())((inv, m) => inv(m))
  end.messages.foreach(println)
  println(end.report)
  println(s"sold ${end.goodsSold} lost ${end.losses}")
  println(end.reorder(30))
  println(end.reserved)
}
