// private is class-wide and seen by the companion; protected by subclasses.
class Account(private val balance: Int) {
  private var log = List[String]()
  def richer(other: Account): Boolean = {
    other.log = "compared" :: other.log
    balance > other.balance
  }
  protected def secret = 42
  private def own = 1
  def sum = own + balance
}
object Account {
  def peek(a: Account): String = s"${a.balance} ${a.log}"
  private def hidden = 7
  def shown = hidden
}
class Savings(n: Int) extends Account(n) {
  def reveal = secret + 1
}
class Outer {
  private class Inner { private[Outer] val n = 3 }
  def n = Inner().n
}
package shop {
  class Till {
    private[shop] val coins = 5
  }
  object Clerk {
    def count = Till().coins
  }
}

@main def run(): Unit = {
  val a = Account(5)
  println(a.richer(Account(3)))
  println(Account(9).richer(a))
  println(Account.peek(a))
  println(Account.shown)
  println(Savings(1).reveal)
  println(a.sum)
  println(Outer().n)
  println(shop.Clerk.count)
}
