// The value of a given uses neither itself nor givens below it, but those of companions.
trait Show[A] {
  def name: String
}

class Coin
object Coin {
  given Show[Coin] with {
    def name = "coin"
  }
}

object Money {
  opaque type Money = Coin
  def make(): Money = Coin()
  given Show[Money] = summon[Show[Coin]]
}

@main def below(): Unit = {
  println(summon[Show[Coin]].name)
  println(summon[Show[Money.Money]].name)
}
