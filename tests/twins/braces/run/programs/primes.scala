// Prime numbers in several ways, and what can be done with them.
object Primes {
  def trial(n: Int): Boolean =
    n > 1 && Iterator.from(2).takeWhile(d => d * d <= n).forall(n % _ != 0)

  def sieve(limit: Int): Vector[Int] = {
    var flags = Vector.fill(limit + 1)(true).updated(0, false).updated(1, false)
    var p = 2
    while p * p <= limit do {
      if flags(p) then {
        var m = p * p
        while m <= limit do {
          flags = flags.updated(m, false)
          m += p
        }
      }
      p += 1
    }
    flags.zipWithIndex.collect { case (true, n) => n }
  }

  def factors(n: Long): List[Long] = {
    def loop(n: Long, d: Long, acc: List[Long]): List[Long] =
      if n == 1 then acc.reverse
      else if d * d > n then (n :: acc).reverse
      else if n % d == 0 then loop(n / d, d, d :: acc)
      else loop(n, d + 1, acc)
    loop(n, 2, Nil)
  }

  def powers(n: Long): List[(Long, Int)] =
    factors(n).groupBy(identity).map((p, ps) => (p, ps.length)).toList.sorted

  def divisors(n: Long): List[Long] =
    powers(n).foldLeft(List(1L)) { case (ds, (p, k)) =>
      val ps = Iterator.iterate(1L)(_ * p).take(k + 1).toList
      for d <- ds; q <- ps yield d * q
    }.sorted

  def totient(n: Long): Long = powers(n).map((p, k) => (1 until k).foldLeft(p - 1)((acc, _) => acc * p)).product

  def power(base: Long, exponent: Long, modulus: Long): Long =
    if exponent == 0 then 1
    else {
      val half = power(base * base % modulus, exponent / 2, modulus)
      if exponent % 2 == 1 then half * base % modulus else half
    }

  /** The test of Miller and Rabin, certain for the numbers used here. */
  def probable(n: Long): Boolean = {
    val small = List(2L, 3L, 5L, 7L, 11L)
    if n < 2 then false
    else if small.contains(n) then true
    else if n % 2 == 0 then false
    else {
      var d = n - 1
      var s = 0
      while d % 2 == 0 do {
        d /= 2
        s += 1
      }
      small.forall { a =>
        val x = power(a, d, n)
        x == 1 || x == n - 1 || Iterator.iterate(x)(y => y * y % n).take(s).contains(n - 1)
      }
    }
  }
}

@main def run(): Unit = {
  import Primes.*
  println((1 to 60).filter(trial).mkString(" "))
  val upTo1000 = sieve(1000)
  println(s"${upTo1000.length} ${upTo1000.last} ${upTo1000.sum}")
  println(upTo1000 == (1 to 1000).filter(trial).toVector)
  println(factors(600851475143L))
  println(factors(97L))
  println(powers(360))
  println(divisors(360))
  println(List(1L, 9L, 36L, 97L).map(totient))
  println(upTo1000.zip(upTo1000.tail).filter((a, b) => b - a == 2).length)
  println(List(561L, 1000003L, 999999937L, 1000000000L).map(probable))
  println((1 to 2000).forall(n => probable(n.toLong) == trial(n)))
  println((1 to 1000).filter(n => divisors(n).sum == 2L * n).toList)
  val goldbach = for n <- 4 to 40 by 2 yield upTo1000.takeWhile(_ <= n / 2).count(p => trial(n - p))
  println(goldbach)
}
