// A library and a contract that imports it. Its parts are compiled apart and linked by the ledger; as one unit
// they pass the same suite.

//> library rates
package rates:
  import fvm.*

  object Interest:
    def after(amount: Amount, percent: Int, years: Int): Amount =
      require(percent >= 0 && percent <= 100, "no such percentage")
      var sum = amount
      for _ <- 1 to years do sum = sum + sum.share(percent.percent)
      sum

//> program
package savings:
  import fvm.*
  import fvm.testing.*
  import rates.Interest

  final class Savings(val percent: Int) extends Contract:
    private var held: Amount = Amount.zero

    @payable
    def put(): Unit can Write = held = held + msg.value

    @view
    def after(years: Int): Amount can Read = Interest.after(held, percent, years)

    @entry
    def other(percent: Int): Amount can Pure = Interest.after(2.fsc, percent, 1)

  final class SavingsSuite extends ContractSuite:
    private val alice = account("alice", 100.fsc)

    test("interest grows by the library's rule"):
      val savings = deploy(Savings(10))
      savings.call(from = alice, value = 100.fsc)(_.put())
      assertEquals(savings.query(_.after(0)), 100.fsc)
      assertEquals(savings.query(_.after(2)), 121.fsc)

    test("what the library refuses fails with its text"):
      val savings = deploy(Savings(10))
      assertEquals(savings.call(from = alice)(_.other(50)), 3.fsc)

    test("a suite calls the library itself"):
      assertEquals(Interest.after(2.fsc, 50, 1), 3.fsc)
