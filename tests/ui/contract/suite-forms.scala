import fvm.*
import fvm.testing.*

final class Counter(val start: Int) extends Contract:
  private var n: Int = start

  @entry
  def add(k: Int): Int can Write =
    n = n + k
    n

  @view
  def get: Int can Read = n

final class CounterSuite extends ContractSuite:
  private val alice = account("alice", 10.fsc)

  test("it adds"):
    val counter = deploy(Counter(1))
    assertEquals(counter.call(from = alice)(_.add(2)), 3)
    assertEquals(counter.query(_.get), 3)

  test("queries only read"):
    val counter = deploy(Counter(1))
    counter.query(_.add(2)) //~ E0603
    counter.call(from = alice)(c => c.add(1) + 1) //~ E0601
