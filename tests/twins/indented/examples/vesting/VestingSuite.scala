package examples

import fvm.*
import fvm.testing.*

final class VestingSuite extends ContractSuite:
  import Vesting.{Fault, Outcome}

  private val firm = account("firm", 1000.fsc)
  private val dana = account("dana", 0.fsc)

  /** A grant of 400 coins over 400 days, with a cliff of 100 days. */
  private def grant(revocable: Boolean): Deployed[Vesting] =
    val vesting = deploy(Vesting(firm, dana, genesis, 100.days, 400.days, revocable))
    vesting.call(from = firm, value = 400.fsc)(_.fund())
    vesting

  test("before the cliff nothing is vested"):
    val vesting = grant(revocable = false)
    advance(99.days)
    assertEquals(vesting.query(_.vested), 0.fsc)
    assertAborts(Fault.Nothing):
      vesting.call(from = dana)(_.claim())

  test("at the cliff all that has grown is vested"):
    val vesting = grant(revocable = false)
    advance(100.days)
    assertEquals(vesting.query(_.claimable), 100.fsc)

  test("claims add up to the grant"):
    val vesting = grant(revocable = false)
    advance(150.days)
    assertEquals(vesting.call(from = dana)(_.claim()), 150.fsc)
    deliverAll()
    assertEquals(balanceOf(dana), 150.fsc)
    assertAborts(Fault.Nothing):
      vesting.call(from = dana)(_.claim())
    advance(250.days)
    vesting.call(from = dana)(_.claim())
    deliverAll()
    assertEquals(balanceOf(dana), 400.fsc)
    assertEquals(stories, List(Outcome.Completed(400.fsc)))

  test("after the end nothing more grows"):
    val vesting = grant(revocable = false)
    advance(1000.days)
    assertEquals(vesting.query(_.vested), 400.fsc)

  test("what is added later vests by the same clock"):
    val vesting = grant(revocable = false)
    advance(200.days)
    vesting.call(from = firm, value = 200.fsc)(_.fund())
    assertEquals(vesting.query(_.vested), 300.fsc)

  test("revoking returns what is not vested"):
    val vesting = grant(revocable = true)
    advance(100.days)
    vesting.call(from = firm)(_.revoke())
    deliverAll()
    assertEquals(balanceOf(firm), 900.fsc)
    assertEquals(vesting.query(_.claimable), 100.fsc)
    advance(300.days)
    assertEquals(vesting.query(_.claimable), 100.fsc)
    vesting.call(from = dana)(_.claim())
    deliverAll()
    assertEquals(balanceOf(dana), 100.fsc)
    assertEquals(stories, List(Outcome.EndedEarly(100.fsc)))

  test("an irrevocable grant cannot be revoked, a revoked one not again"):
    val fixed = grant(revocable = false)
    assertAborts(Fault.NotRevocable):
      fixed.call(from = firm)(_.revoke())
    val loose = grant(revocable = true)
    loose.call(from = firm)(_.revoke())
    assertAborts(Fault.Revoked):
      loose.call(from = firm)(_.revoke())
    assertAborts(Fault.Revoked):
      loose.call(from = firm, value = 1.fsc)(_.fund())

  test("each may do only what is theirs"):
    val vesting = grant(revocable = true)
    advance(200.days)
    assertAborts(Fault.NotBeneficiary):
      vesting.call(from = firm)(_.claim())
    assertAborts(Fault.NotGrantor):
      vesting.call(from = dana)(_.revoke())
    assertAborts(Fault.NotGrantor):
      vesting.call(from = dana)(_.fund())

  test("a claim that bounces can be made again"):
    val vesting = grant(revocable = false)
    advance(400.days)
    bounceNext()
    vesting.call(from = dana)(_.claim())
    deliverAll()
    assertEquals(vesting.query(_.claimable), 400.fsc)
    vesting.call(from = dana)(_.claim())
    deliverAll()
    assertEquals(balanceOf(dana), 400.fsc)
    assertEquals(stories, List(Outcome.Completed(400.fsc)))

  test("impossible times do not deploy"):
    assertAborts(Fault.BadTimes):
      deploy(Vesting(firm, dana, genesis, 500.days, 400.days, true))
    assertAborts(Fault.SameParty):
      deploy(Vesting(firm, firm, genesis, 1.days, 400.days, true))

  property("no coin is lost in any order"):
    val vesting = grant(revocable = true)
    everyInterleaving(maxMessages = 8) {
      vesting.call(from = dana)(_.claim())
      advance(200.days)
      vesting.call(from = firm)(_.revoke())
      vesting.call(from = dana)(_.claim())
    } {
      assertEquals(balanceOf(firm) + balanceOf(dana) + vesting.balance, 1000.fsc)
    }

  gas("a claim stays cheap"):
    val vesting = grant(revocable = false)
    advance(200.days)
    measure("claim", limit = 380000):
      vesting.call(from = dana)(_.claim())
