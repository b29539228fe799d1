trait Named
class Plain
class Card(val name: String) extends Named

trait Deck[T <: Named]
class Cards extends Deck[Card]
class Wrong extends Deck[Plain] //~ E0305
val deck: Option[Deck[String]] = None //~ E0305
def show(deck: Deck[? <: Named]): Int = 1
def same[T <: Named](deck: Deck[T]): Deck[T] = deck
def other[T](deck: Deck[T]): Int = 2 //~ E0305

trait Ordered2[T <: Ordered2[T]]
class Item extends Ordered2[Item]
class Wrapper[T >: Card]
val wrapper: Wrapper[Named] = new Wrapper[Named]
val narrow: Option[Wrapper[Nothing]] = None //~ E0305
