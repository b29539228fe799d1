import fvm.*

/** The sieve of Eratosthenes: how many primes are there up to `limit`? */
final class Sieve extends Contract:
  @view def run(limit: Long, offset: Long): Long can Pure =
    val last      = limit.toInt
    val composite = new Array[Boolean](last + 1)
    var primes    = 0L
    for i <- 2 to last if !composite(i) do
      primes += 1
      // Int would overflow where the square of a large prime begins.
      var j = i.toLong * i
      while j <= last do
        composite(j.toInt) = true
        j += i
    primes + offset
