// An exception class of our own.
class Insufficient(val missing: Int) extends Exception(s"$missing missing")

object Bank {
  def pay(balance: Int, amount: Int): Int = {
    if amount > balance then throw Insufficient(amount - balance)
    balance - amount
  }
}

@main def run(): Unit = {
  println(Bank.pay(10, 4))
  println(Bank.pay(10, 14))
}
