// An enum with a companion object and case methods.
enum Coin(val cents: Int) {
  case Penny extends Coin(1)
  case Nickel extends Coin(5)
  case Dime extends Coin(10)
  case Quarter extends Coin(25)
}

object Coin {
  def change(amount: Int): List[Coin] = {
    def go(left: Int, coins: List[Coin]): List[Coin] = coins match {
      case Nil                           => Nil
      case c :: _ if c.cents <= left     => c :: go(left - c.cents, coins)
      case _ :: rest                     => go(left, rest)
    }
    go(amount, Coin.values.toList.reverse)
  }
}

@main def run(): Unit = {
  println(Coin.change(67))
  println(Coin.change(4).length)
  println(Coin.change(41).map(_.cents).sum)
}
