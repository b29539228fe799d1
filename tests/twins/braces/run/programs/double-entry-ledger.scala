// A ledger with double entries: postings balance, accounts form a tree, reports are checked.
enum Kind {
  case Asset, Liability, Income, Expense
  def sign: Int = this match {
    case Asset | Expense    => 1
    case Liability | Income => -1
  }
}

case class Account(path: List[String], kind: Kind) {
  def name: String = path.mkString(":")
  def isBelow(prefix: List[String]): Boolean = path.startsWith(prefix)
}

case class Posting(account: String, cents: Long)
case class Transaction(day: Int, text: String, postings: List[Posting])

sealed trait Problem
case class Unbalanced(text: String, difference: Long) extends Problem
case class Unknown(text: String, account: String) extends Problem
case class OutOfOrder(text: String, day: Int) extends Problem

class Ledger private (accounts: Map[String, Account], entries: List[Transaction]) {
  private val chronological = entries.reverse

  def record(t: Transaction): Either[List[Problem], Ledger] = {
    val sum = t.postings.map(_.cents).sum
    val problems =
      t.postings.filterNot(p => accounts.contains(p.account)).map(p => Unknown(t.text, p.account)) :::
        (if sum != 0 then List(Unbalanced(t.text, sum)) else Nil) :::
        entries.headOption.filter(_.day > t.day).map(last => OutOfOrder(t.text, last.day)).toList
    if problems.isEmpty then Right(new Ledger(accounts, t :: entries)) else Left(problems)
  }

  def balance(prefix: String*): Long = {
    val wanted = prefix.toList
    (for {
      t <- chronological
      p <- t.postings
      a = accounts(p.account)
      if a.isBelow(wanted)
    }
    yield p.cents * a.kind.sign).sum
  }

  def tree: List[String] = {
    val prefixes = accounts.values.toList.flatMap(a => a.path.inits.toList.filter(_.nonEmpty)).distinct
    prefixes.sortBy(_.mkString(":")).map { p =>
      val label = "  " * (p.length - 1) + p.last
      label + " " * (24 - label.length) + Ledger.money(balance(p*))
    }
  }

  def history(account: String): List[(Int, String, Long, Long)] = {
    val moves = for t <- chronological; p <- t.postings if p.account == account yield (t.day, t.text, p.cents)
    val sums = moves.scanLeft(0L)((sum, m) => sum + m._3).tail
    moves.zip(sums).map { case ((day, text, cents), sum) => (day, text, cents, sum) }
  }

  def isSound: Boolean =
    chronological.forall(_.postings.map(_.cents).sum == 0) &&
      balance("assets") - balance("liabilities") == balance("income") - balance("expenses")
}

object Ledger {
  def open(accounts: (String, Kind)*): Ledger =
    new Ledger(accounts.map((n, k) => n -> Account(n.split(":").toList, k)).toMap, Nil)

  def money(cents: Long): String = {
    val digits = math.abs(cents).toString.reverse.padTo(3, '0').reverse
    (if cents < 0 then "-" else "") + digits.dropRight(2) + "." + digits.takeRight(2)
  }
}

@main def run(): Unit = {
  import Kind.*
  val empty = Ledger.open(
    "assets:bank" -> Asset,
    "assets:cash" -> Asset,
    "liabilities:card" -> Liability,
    "income:salary" -> Income,
    "expenses:food:market" -> Expense,
    "expenses:food:canteen" -> Expense,
    "expenses:rent" -> Expense
  )
  val transactions = List(
    Transaction(1, "salary", List(Posting("assets:bank", 250000), Posting("income:salary", -250000))),
    Transaction(2, "rent", List(Posting("expenses:rent", 80000), Posting("assets:bank", -80000))),
    Transaction(3, "withdrawal", List(Posting("assets:cash", 10000), Posting("assets:bank", -10000))),
    Transaction(3, "market", List(Posting("expenses:food:market", 3455), Posting("assets:cash", -3455))),
    Transaction(4, "typo", List(Posting("expenses:food:market", 100), Posting("assets:cash", -10))),
    Transaction(4, "lunch", List(Posting("expenses:food:canteen", 990), Posting("liabilities:card", -990))),
    Transaction(2, "late", List(Posting("assets:gold", 5), Posting("assets:cash", -5))),
    Transaction(9, "settle card", List(Posting("liabilities:card", 500), Posting("assets:bank", -500)))
  )
  val (ledger, problems) = transactions.foldLeft((empty, List.empty[Problem])) { case ((l, ps), t) =>
    l.record(t) match {
      case Right(next) => (next, ps)
      case Left(more)  => (l, ps ++ more)
    }
  }
  problems.foreach(println)
  ledger.tree.foreach(println)
  ledger.history("assets:bank").foreach(println)
  println(Ledger.money(ledger.balance("expenses", "food")))
  println(ledger.isSound)
  println(Ledger.money(-5))
}
