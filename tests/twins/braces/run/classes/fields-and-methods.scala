// Parameters as fields, methods that change state, access from outside.
class Account(val owner: String, initial: Int) {
  private var cents: Int = initial
  def balance: Int = cents
  def deposit(amount: Int): Unit = cents += amount
  def withdraw(amount: Int): Boolean =
    if amount <= cents then {
      cents -= amount
      true
    }
    else false
}

@main def run(): Unit = {
  val a = Account("Ada", 100)
  val b = new Account("Bob", 0)
  a.deposit(50)
  println(a.balance)
  println(a.withdraw(500))
  println(a.withdraw(120))
  b.deposit(120)
  println(s"${a.owner} ${a.balance}, ${b.owner} ${b.balance}")
}
