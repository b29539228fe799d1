// Sets in an algorithm: the sieve of Eratosthenes with removal.
@main def run(): Unit = {
  def sieve(limit: Int): Set[Int] = {
    var candidates = (2 to limit).toSet
    for {
      p <- 2 to limit
      if p * p <= limit && candidates.contains(p)
    }
    do candidates = candidates -- (p * p to limit by p)
    candidates
  }
  val primes = sieve(100)
  println(primes.size)
  println(primes.toList.sorted)
  println(primes.sum)
  println(primes)
}
