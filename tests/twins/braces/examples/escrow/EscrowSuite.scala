package examples

import fvm.*
import fvm.testing.*

final class EscrowSuite extends ContractSuite {
  private val alice = account("alice", 100.fsc)
  private val bob   = account("bob", 0.fsc)
  private val judge = account("judge", 0.fsc)
  private val carol = account("carol", 100.fsc)

  private def fresh(): Deployed[Escrow] =
    deploy(Escrow(alice, bob, judge, price = 10.fsc, deadline = genesis + 3.days))

  private def funded(): Deployed[Escrow] = {
    val escrow = fresh()
    escrow.call(from = alice, value = 10.fsc)(_.deposit())
    escrow
  }

  test("the buyer confirms and the seller is paid") {
    val escrow = fresh()
    escrow.call(from = alice, value = 10.fsc)(_.deposit())
    escrow.call(from = alice)(_.confirm())
    deliverAll()
    assertEquals(balanceOf(bob), 10.fsc)
    assertEquals(stories, List(Escrow.Outcome.Released(bob, 10.fsc)))
  }

  test("a deposit is announced and held") {
    val escrow = funded()
    assertEquals(events, List(Escrow.Log.Deposited(alice, 10.fsc)))
    assertEquals(escrow.query(_.status).phase, Escrow.Phase.Funded)
    assertEquals(escrow.balance, 10.fsc)
    assertEquals(balanceOf(alice), 90.fsc)
  }

  test("buyer and seller must differ") {
    assertAborts(Escrow.Fault.SameParty) {
      deploy(Escrow(alice, alice, judge, price = 10.fsc, deadline = genesis + 3.days))
    }
  }

  test("only the buyer may deposit") {
    val escrow = fresh()
    assertAborts(Escrow.Fault.NotBuyer) {
      escrow.call(from = carol, value = 10.fsc)(_.deposit())
    }
    assertEquals(balanceOf(carol), 100.fsc)
  }

  test("the deposit is the whole price, and only once") {
    val escrow = fresh()
    assertAborts(Escrow.Fault.WrongAmount(9.fsc)) {
      escrow.call(from = alice, value = 9.fsc)(_.deposit())
    }
    assertEquals(balanceOf(alice), 100.fsc)
    escrow.call(from = alice, value = 10.fsc)(_.deposit())
    assertAborts(Escrow.Fault.WrongPhase(Escrow.Phase.Funded)) {
      escrow.call(from = alice, value = 10.fsc)(_.deposit())
    }
  }

  test("nothing is paid out before the deposit") {
    val escrow = fresh()
    assertAborts(Escrow.Fault.WrongPhase(Escrow.Phase.AwaitingDeposit)) {
      escrow.call(from = alice)(_.confirm())
    }
  }

  test("the arbiter may give the money back") {
    val escrow = funded()
    escrow.call(from = alice)(_.dispute("the box was empty"))
    assertAborts(Escrow.Fault.NotArbiter) {
      escrow.call(from = bob)(_.resolve(Escrow.Ruling.ForSeller))
    }
    escrow.call(from = judge)(_.resolve(Escrow.Ruling.ForBuyer))
    deliverAll()
    assertEquals(balanceOf(alice), 100.fsc)
    assertEquals(stories, List(Escrow.Outcome.Refunded(alice, 10.fsc)))
  }

  test("the arbiter may pay the seller") {
    val escrow = funded()
    escrow.call(from = bob)(_.dispute("no answer from the buyer"))
    escrow.call(from = judge)(_.resolve(Escrow.Ruling.ForSeller))
    deliverAll()
    assertEquals(balanceOf(bob), 10.fsc)
  }

  test("a stranger cannot open a dispute") {
    val escrow = funded()
    assertAborts(Escrow.Fault.NotAParty) {
      escrow.call(from = judge)(_.dispute("just because"))
    }
  }

  test("after the deadline an unclaimed deposit goes back") {
    val escrow = funded()
    advance(2.days)
    deliverAll()
    assertEquals(escrow.balance, 10.fsc)
    advance(2.days)
    deliverAll()
    assertEquals(balanceOf(alice), 100.fsc)
    assertEquals(escrow.query(_.status).phase, Escrow.Phase.Settled)
  }

  test("without a deposit the deadline closes the escrow") {
    val escrow = fresh()
    advance(3.days)
    deliverAll()
    assertEquals(stories, List(Escrow.Outcome.NeverFunded))
    assertEquals(escrow.query(_.status).phase, Escrow.Phase.Settled)
  }

  test("the deadline leaves a dispute to the arbiter") {
    val escrow = funded()
    escrow.call(from = alice)(_.dispute("late"))
    advance(4.days)
    deliverAll()
    assertEquals(escrow.query(_.status).phase, Escrow.Phase.Disputed)
    assertEquals(escrow.balance, 10.fsc)
  }

  test("a bounced payout never loses the coins") {
    val escrow = fresh()
    escrow.call(from = alice, value = 10.fsc)(_.deposit())
    bounceNext()
    escrow.call(from = alice)(_.confirm())
    deliverAll()
    assertEquals(escrow.query(_.status).held, 10.fsc)
  }

  test("after a bounced payout the arbiter can pay again") {
    val escrow = funded()
    bounceNext()
    escrow.call(from = alice)(_.confirm())
    deliverAll()
    assertEquals(escrow.query(_.status).phase, Escrow.Phase.Disputed)
    escrow.call(from = judge)(_.resolve(Escrow.Ruling.ForSeller))
    deliverAll()
    assertEquals(balanceOf(bob), 10.fsc)
  }

  property("money is conserved in every order of delivery") {
    val escrow = fresh()
    everyInterleaving(maxMessages = 8) {
      escrow.call(from = alice, value = 10.fsc)(_.deposit())
      escrow.call(from = alice)(_.confirm())
      escrow.call(from = bob)(_.dispute("late"))
      advance(4.days)
    } {
      assertEquals(balanceOf(alice) + balanceOf(bob) + escrow.balance, 100.fsc)
    }
  }

  gas("confirm stays cheap") {
    val escrow = fresh()
    escrow.call(from = alice, value = 10.fsc)(_.deposit())
    measure("confirm", limit = 260000) {
      escrow.call(from = alice)(_.confirm())
    }
  }
}
