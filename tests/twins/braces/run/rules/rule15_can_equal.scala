// Related types may be compared, and classes that derive CanEqual.
enum Suit derives CanEqual {
  case Hearts, Spades
}
case class Card(suit: Suit, rank: Int) derives CanEqual
class Animal
class Cat extends Animal

@main def run(): Unit = {
  println(Suit.Hearts == Suit.Hearts)
  println(Card(Suit.Spades, 1) == Card(Suit.Spades, 1))
  val cat = Cat()
  val animal: Animal = cat
  println(animal == cat)

  println(1 == 1L)
  println(Option(1) == None)
}
