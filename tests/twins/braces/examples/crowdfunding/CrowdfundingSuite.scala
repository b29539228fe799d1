package examples

import fvm.*
import fvm.testing.*

final class CrowdfundingSuite extends ContractSuite {
  import Crowdfunding.*

  private val project = account("project", 0.fsc)
  private val alice   = account("alice", 100.fsc)
  private val bob     = account("bob", 100.fsc)

  private def fresh(): Deployed[Crowdfunding] =
    deploy(Crowdfunding(project, "community bakery", 50.fsc, 1.fsc, genesis + 30.days))

  private def afterDeadline(): Unit = {
    advance(30.days)
    deliverAll()
  }

  test("a reached goal pays the project") {
    val campaign = fresh()
    campaign.call(from = alice, value = 30.fsc)(_.pledge())
    campaign.call(from = bob, value = 25.fsc)(_.pledge())
    afterDeadline()
    assertEquals(balanceOf(project), 55.fsc)
    assertEquals(stories, List(Record.Funded("community bakery", project, 55.fsc)))
    assertEquals(campaign.query(_.status).phase, Phase.Paid)
  }

  test("a missed goal gives everybody their money back") {
    val campaign = fresh()
    campaign.call(from = alice, value = 30.fsc)(_.pledge())
    campaign.call(from = bob, value = 10.fsc)(_.pledge())
    afterDeadline()
    assertEquals(stories, List(Record.Failed("community bakery", 40.fsc, 50.fsc)))
    campaign.call(from = alice)(_.refund())
    campaign.call(from = bob)(_.refund())
    deliverAll()
    assertEquals(balanceOf(alice), 100.fsc)
    assertEquals(balanceOf(bob), 100.fsc)
    assertEquals(campaign.balance, 0.fsc)
  }

  test("pledges of one backer add up") {
    val campaign = fresh()
    campaign.call(from = alice, value = 10.fsc)(_.pledge())
    campaign.call(from = alice, value = 15.fsc)(_.pledge())
    assertEquals(campaign.query(_.pledgeOf(alice)), 25.fsc)
    assertEquals(campaign.query(_.status).raised, 25.fsc)
    assertEquals(events, List(Log.Pledged(alice, 10.fsc, 10.fsc), Log.Pledged(alice, 15.fsc, 25.fsc)))
  }

  test("a backer may change their mind before the deadline") {
    val campaign = fresh()
    campaign.call(from = alice, value = 60.fsc)(_.pledge())
    campaign.call(from = alice)(_.refund())
    deliverAll()
    assertEquals(balanceOf(alice), 100.fsc)
    afterDeadline()
    assertEquals(campaign.query(_.status).phase, Phase.Failed)
  }

  test("nothing comes back after success") {
    val campaign = fresh()
    campaign.call(from = alice, value = 60.fsc)(_.pledge())
    afterDeadline()
    assertAborts(Fault.WrongPhase(Phase.Paid)) {
      campaign.call(from = alice)(_.refund())
    }
  }

  test("pledges are at least the least, and in time") {
    val campaign = fresh()
    assertAborts(Fault.TooLittle(1.fsc)) {
      campaign.call(from = alice)(_.pledge())
    }
    afterDeadline()
    assertAborts(Fault.WrongPhase(Phase.Failed)) {
      campaign.call(from = alice, value = 5.fsc)(_.pledge())
    }
  }

  test("a stranger has nothing to fetch, and only once") {
    val campaign = fresh()
    campaign.call(from = alice, value = 5.fsc)(_.pledge())
    assertAborts(Fault.NothingPledged) {
      campaign.call(from = bob)(_.refund())
    }
    campaign.call(from = alice)(_.refund())
    assertAborts(Fault.NothingPledged) {
      campaign.call(from = alice)(_.refund())
    }
  }

  test("a payout that bounces can be collected") {
    val campaign = fresh()
    campaign.call(from = alice, value = 60.fsc)(_.pledge())
    advance(30.days)
    deliverOne() // the deadline; now the payout is on its way
    bounceNext()
    deliverAll()
    assertEquals(campaign.query(_.status).phase, Phase.Uncollected)
    assertAborts(Fault.NotProject) {
      campaign.call(from = alice)(_.collect())
    }
    campaign.call(from = project)(_.collect())
    deliverAll()
    assertEquals(balanceOf(project), 60.fsc)
    assertEquals(campaign.query(_.status).phase, Phase.Paid)
  }

  test("a refund that bounces is not lost") {
    val campaign = fresh()
    campaign.call(from = alice, value = 5.fsc)(_.pledge())
    bounceNext()
    campaign.call(from = alice)(_.refund())
    deliverAll()
    assertEquals(campaign.query(_.owedTo(alice)), 5.fsc)
    afterDeadline()
    campaign.call(from = alice)(_.withdraw())
    deliverAll()
    assertEquals(balanceOf(alice), 100.fsc)
    assertAborts(Fault.NothingOwed) {
      campaign.call(from = alice)(_.withdraw())
    }
  }

  test("a campaign without goal does not deploy") {
    assertAborts(Fault.NoGoal) {
      deploy(Crowdfunding(project, "nothing", 0.fsc, 1.fsc, genesis + 1.days))
    }
  }

  property("no coin is lost in any order") {
    val campaign = fresh()
    everyInterleaving(maxMessages = 8) {
      campaign.call(from = alice, value = 30.fsc)(_.pledge())
      campaign.call(from = bob, value = 30.fsc)(_.pledge())
      campaign.call(from = bob)(_.refund())
      advance(31.days)
    } {
      assertEquals(balanceOf(project) + balanceOf(alice) + balanceOf(bob) + campaign.balance, 200.fsc)
    }
  }

  gas("a pledge stays cheap") {
    val campaign = fresh()
    measure("pledge", limit = 430000) {
      campaign.call(from = alice, value = 10.fsc)(_.pledge())
    }
  }
}
