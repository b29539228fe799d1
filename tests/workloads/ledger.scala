import fvm.*

/** `transfers` token transfers between `accounts` accounts that start with 10,000 each. */
final class Ledger extends Contract:
  private var balances: Map[Long, Long] = Map.empty

  private def next(state: Long): Long = state * 6364136223846793005L + 1442695040888963407L

  @entry def run(transfers: Long, accounts: Long): Long can Read & Write =
    for account <- 0L until accounts do balances += account -> 10_000L
    var state    = 1L
    var accepted = 0L
    for _ <- 0L until transfers do
      state = next(state)
      val from = (state >>> 33) % accounts
      state = next(state)
      val to = (state >>> 33) % accounts
      state = next(state)
      val amount  = (state >>> 33) % 1000 + 1
      val balance = balances(from)
      if balance >= amount then
        balances += from -> (balance - amount)
        balances += to -> (balances(to) + amount)
        accepted += 1
    var checksum = accepted
    for account <- 0L until accounts do checksum = checksum * 31 + balances(account)
    checksum
