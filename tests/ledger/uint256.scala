package ledger

import fvm.*
import fvm.testing.*

/** UInt256 against BigInt: all operations on numbers of all lengths; leaving the range aborts. */
object WideNumbers:
  val limit = BigInt(1) << 256
  var state = 88172645463325252L
  def next(): Long =
    state = state ^ (state << 13)
    state = state ^ (state >>> 7)
    state = state ^ (state << 17)
    state
  def number(): BigInt =
    val bits = (next() & 0xff).toInt + 1
    var n = BigInt(0)
    for i <- 0 until 4 do n = (n << 64) + (if (next() & 3) == 0 then BigInt(-1) & ((BigInt(1) << 64) - 1) else BigInt(next()) & ((BigInt(1) << 64) - 1))
    n >> (256 - bits)

  def outcome(x: => UInt256): String = try x.toString catch case e: ArithmeticException => "aborts"
  def expected(x: => BigInt): String =
    try { val n = x; if n < 0 || n >= limit then "aborts" else n.toString } catch case e: ArithmeticException => "aborts"

final class UInt256Suite extends ContractSuite:
  import WideNumbers.*
  private val edges = List(BigInt(0), BigInt(1), BigInt(2), (BigInt(1) << 64) - 1, BigInt(1) << 64, (BigInt(1) << 128) - 1,
    BigInt(1) << 128, (BigInt(1) << 128) + 1, BigInt(1) << 255, limit - 1)
  private val pairs = (for x <- edges; y <- edges yield (x, y)) ++ List.fill(400)((number(), number()))

  private def compare(name: String)(ours: (UInt256, UInt256) => UInt256, big: (BigInt, BigInt) => BigInt): Unit =
    test(name):
      for (a, b) <- pairs do
        assertEquals(outcome(ours(UInt256(a), UInt256(b))), expected(big(a, b)))

  compare("sums")(_ + _, _ + _)
  compare("differences")(_ - _, _ - _)
  compare("products")(_ * _, _ * _)
  compare("quotients")(_ / _, _ / _)
  compare("rests")(_ % _, _ % _)
  test("order and equality"):
    for (a, b) <- pairs do
      val (x, y) = (UInt256(a), UInt256(b))
      assertEquals((x.compare(y).sign, x == y, x < y, x <= y, x.value), (a.compare(b).sign, a == b, a < b, a <= b, a))
      assertEquals((x.max(y).value, x.min(y).value, x.toString, x.hashCode), (a.max(b), a.min(b), a.toString, a.hashCode))
  test("what is outside"):
    assertEquals((outcome(UInt256(-1L)), outcome(UInt256(limit)), outcome(UInt256(BigInt(-1)))), ("aborts", "aborts", "aborts"))
    assertEquals((UInt256(7L).toString, UInt256.zero.value), ("7", BigInt(0)))
