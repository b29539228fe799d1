// A bank with accounts, transfers, interest and a statement, driven by a script of commands.
enum Command {
  case Open(name: String, cents: Long)
  case Deposit(name: String, cents: Long)
  case Withdraw(name: String, cents: Long)
  case Transfer(from: String, to: String, cents: Long)
  case Interest(basisPoints: Int)
  case Close(name: String)
}

enum Failure {
  case NoAccount(name: String)
  case Exists(name: String)
  case NotEnough(name: String, missing: Long)
  case NotEmpty(name: String, left: Long)
  case BadAmount(cents: Long)

  def text: String = this match {
    case NoAccount(n)     => s"no account $n"
    case Exists(n)        => s"account $n exists"
    case NotEnough(n, m)  => s"$n lacks ${Money.show(m)}"
    case NotEmpty(n, l)   => s"$n still holds ${Money.show(l)}"
    case BadAmount(c)     => s"bad amount $c"
  }
}

object Money {
  def show(cents: Long): String = {
    val sign = if cents < 0 then "-" else ""
    val abs = math.abs(cents)
    val rest = abs % 100
    s"$sign${grouped(abs / 100)}.${if rest < 10 then "0" else ""}$rest"
  }

  private def grouped(n: Long): String =
    n.toString.reverse.grouped(3).mkString(",").reverse
}

case class Entry(number: Int, text: String, cents: Long)

case class Account(name: String, balance: Long, entries: List[Entry]) {
  def book(text: String, cents: Long): Account =
    copy(balance = balance + cents, entries = Entry(entries.length + 1, text, cents) :: entries)
}

case class Bank(accounts: Map[String, Account], log: List[String]) {
  import Command.*
  import Failure.*

  private type Result = Either[Failure, Bank]

  private def find(name: String): Either[Failure, Account] = accounts.get(name).toRight(NoAccount(name))
  private def positive(cents: Long): Either[Failure, Long] =
    if cents > 0 then Right(cents) else Left(BadAmount(cents))
  private def put(a: Account): Bank = copy(accounts = accounts.updated(a.name, a))
  private def note(line: String): Bank = copy(log = line :: log)

  private def withdraw(name: String, cents: Long, text: String): Result =
    for {
      amount <- positive(cents)
      a <- find(name)
      _ <- if a.balance >= amount then Right(()) else Left(NotEnough(name, amount - a.balance))
    }
    yield put(a.book(text, -amount))

  private def deposit(name: String, cents: Long, text: String): Result =
    for {
      amount <- positive(cents)
      a <- find(name)
    }
    yield put(a.book(text, amount))

  def run(c: Command): Bank = {
    val result: Result = c match {
      case Open(name, cents) =>
        if accounts.contains(name) then Left(Exists(name))
        else Right(put(Account(name, 0, Nil).book("opening", cents)))
      case Deposit(name, cents)  => deposit(name, cents, "deposit")
      case Withdraw(name, cents) => withdraw(name, cents, "withdrawal")
      case Transfer(from, to, cents) =>
        for {
          _ <- find(to)
          one <- withdraw(from, cents, s"to $to")
          two <- one.deposit(to, cents, s"from $from")
        }
        yield two
      case Interest(points) =>
        Right(accounts.values.toList.foldLeft(this) { (bank, a) =>
          val gain = a.balance * points / 10000
          if gain == 0 then bank else bank.put(a.book("interest", gain))
        })
      case Close(name) =>
        find(name).flatMap { a =>
          if a.balance != 0 then Left(NotEmpty(name, a.balance))
          else Right(copy(accounts = accounts - name))
        }
    }
    result match {
      case Right(bank)   => bank.note(s"ok      $c")
      case Left(failure) => note(s"refused $c: ${failure.text}")
    }
  }

  def total: Long = accounts.values.map(_.balance).sum

  def statement(name: String): String = accounts.get(name) match {
    case None => s"no statement for $name"
    case Some(a) =>
      val lines = a.entries.reverse.map { e =>
        val amount = Money.show(e.cents)
        s"  ${e.number} ${e.text}${" " * (16 - e.text.length - amount.length)}$amount"
      }
      (s"$name:" :: lines).mkString("\n") + s"\n  = ${Money.show(a.balance)}"
  }
}

@main def run(): Unit = {
  import Command.*
  val script = List(
    Open("ann", 100000),
    Open("bob", 5000),
    Open("ann", 1),
    Transfer("ann", "bob", 25050),
    Transfer("bob", "ann", 99999999),
    Transfer("bob", "zoe", 5),
    Withdraw("bob", 30050),
    Close("ann"),
    Deposit("ann", -5),
    Interest(150),
    Close("bob"),
    Deposit("ann", 123456789)
  )
  val bank = script.foldLeft(Bank(Map.empty, Nil))((b, c) => b.run(c))
  bank.log.reverse.foreach(println)
  println(bank.statement("ann"))
  println(bank.statement("bob"))
  println(Money.show(bank.total))
}
