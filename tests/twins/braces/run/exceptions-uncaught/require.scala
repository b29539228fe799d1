// require reports its message.
class Account(val balance: Int) {
  require(balance >= 0, s"balance must not be negative: $balance")
}

@main def run(): Unit = {
  println(Account(5).balance)
  println(Account(-5).balance)
}
