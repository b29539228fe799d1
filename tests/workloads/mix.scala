import fvm.*

/** Dependent 64-bit arithmetic: `iterations` times multiply, add, exclusive or, shift, remainder. */
final class Mix extends Contract:
  @view def run(iterations: Long, modulus: Long): Long can Pure =
    var x   = 88172645463325252L
    var sum = 0L
    var i   = 0L
    while i < iterations do
      x = x * 6364136223846793005L + 1442695040888963407L
      x ^= x >>> 29
      x ^= x << 17
      sum += java.lang.Long.remainderUnsigned(x, modulus)
      x ^= sum
      i += 1
    x + sum
