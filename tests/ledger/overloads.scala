// Methods of one name are told apart by their parameters; names of the compiler are not taken.
import fvm.*
import fvm.testing.*

final class Counter extends Contract:
  private var count = 0

  @entry
  def add(): Unit can Write = count += 1

  @entry
  def add(n: Int): Unit can Write = count += n

  @entry
  def add(n: Long, twice: Boolean): Unit can Write = count += n.toInt * (if twice then 2 else 1)

  @entry
  def $describe(n: Int): Unit can Write = count = n

  @view
  def value: Int can Read = count

final class CounterSuite extends ContractSuite:
  private val alice = account("alice", 1.fsc)

  test("each is called by its parameters") {
    val counter = deploy(Counter())
    counter.call(from = alice)(_.add())
    counter.call(from = alice)(_.add(10))
    counter.call(from = alice)(_.add(100L, true))
    assert(counter.query(_.value) == 211)
  }

  test("a name that the compiler uses") {
    val counter = deploy(Counter())
    counter.call(from = alice)(_.$describe(7))
    assert(counter.query(_.value) == 7)
  }
