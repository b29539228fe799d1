// Ordering.by, reverse, and explicit orderings.
case class Card(suit: Char, rank: Int)

@main def run(): Unit = {
  val cards = List(Card('b', 3), Card('a', 7), Card('b', 1), Card('a', 2))
  println(cards.sortBy(_.rank))
  println(cards.sortBy(c => (c.suit, -c.rank)))
  println(cards.sorted(using Ordering.by((c: Card) => c.rank)))
  println(List(3, 1, 2).sorted(using Ordering[Int].reverse))
  println(List(3, 1, 2).sorted(using Ordering.Int.reverse))
  println(cards.maxBy(_.rank))
  println(cards.minBy(_.suit))
  println(List("bb", "a", "ccc").sortBy(_.length)(using Ordering[Int].reverse))
  println(List("bb", "a", "ccc").max(using Ordering.by[String, Int](_.length)))
}
