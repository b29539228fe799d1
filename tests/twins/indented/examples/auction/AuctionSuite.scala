package examples

import fvm.*
import fvm.testing.*

final class AuctionSuite extends ContractSuite:
  import Auction.*

  private val seller = account("seller", 0.fsc)
  private val alice  = account("alice", 100.fsc)
  private val bob    = account("bob", 100.fsc)
  private val carol  = account("carol", 100.fsc)

  private def fresh(): Deployed[Auction] =
    deploy(Auction(seller, "painting", 10.fsc, 10.percent, genesis + 1.days, 10.minutes))

  private def everything(auction: Deployed[Auction]): Amount =
    balanceOf(seller) + balanceOf(alice) + balanceOf(bob) + balanceOf(carol) + auction.balance

  test("the highest bid wins and the seller is paid"):
    val auction = fresh()
    auction.call(from = alice, value = 10.fsc)(_.bid())
    auction.call(from = bob, value = 12.fsc)(_.bid())
    deliverAll()
    assertEquals(balanceOf(alice), 100.fsc)
    advance(1.days)
    deliverAll()
    assertEquals(balanceOf(seller), 12.fsc)
    assertEquals(stories, List(Record.Sold("painting", seller, bob, 12.fsc)))
    assertEquals(auction.query(_.status).phase, Phase.Sold)
    assertEquals(auction.balance, 0.fsc)

  test("a bid must reach the reserve, and then exceed the best by the step"):
    val auction = fresh()
    assertAborts(Fault.TooLow(10.fsc)):
      auction.call(from = alice, value = 9.fsc)(_.bid())
    auction.call(from = alice, value = 20.fsc)(_.bid())
    assertAborts(Fault.TooLow(22.fsc)):
      auction.call(from = bob, value = 21.fsc)(_.bid())
    assertEquals(balanceOf(bob), 100.fsc)
    auction.call(from = bob, value = 22.fsc)(_.bid())
    assertEquals(auction.query(_.status).best, Some(Bid(bob, 22.fsc)))

  test("one may raise one's own bid"):
    val auction = fresh()
    auction.call(from = alice, value = 10.fsc)(_.bid())
    auction.call(from = alice, value = 30.fsc)(_.bid())
    deliverAll()
    assertEquals(balanceOf(alice), 70.fsc)
    assertEquals(auction.balance, 30.fsc)

  test("the seller does not bid"):
    val auction = deploy(Auction(alice, "own", 10.fsc, 10.percent, genesis + 1.days, 10.minutes))
    assertAborts(Fault.SellerBids):
      auction.call(from = alice, value = 10.fsc)(_.bid())

  test("after the end nobody bids"):
    val auction = fresh()
    advance(1.days)
    assertAborts(Fault.Closed):
      auction.call(from = alice, value = 10.fsc)(_.bid())

  test("without bids the item is not sold"):
    val auction = fresh()
    advance(1.days)
    deliverAll()
    assertEquals(stories, List(Record.Unsold("painting")))

  test("a late bid extends the auction"):
    val auction = fresh()
    auction.call(from = alice, value = 10.fsc)(_.bid())
    advance(1435.minutes) // five minutes before the end
    auction.call(from = bob, value = 11.fsc)(_.bid())
    deliverAll()
    advance(6.minutes)
    deliverAll()
    assertEquals(auction.query(_.status).phase, Phase.Open)
    auction.call(from = carol, value = 50.fsc)(_.bid())
    advance(10.minutes)
    deliverAll()
    assertEquals(stories, List(Record.Sold("painting", seller, carol, 50.fsc)))

  test("before the first bid the seller may call it off"):
    val auction = fresh()
    assertAborts(Fault.NotSeller):
      auction.call(from = bob)(_.callOff())
    auction.call(from = seller)(_.callOff())
    advance(1.days)
    deliverAll()
    assertEquals(stories, List(Record.Unsold("painting")))

  test("after the first bid the seller cannot call it off"):
    val auction = fresh()
    auction.call(from = alice, value = 10.fsc)(_.bid())
    assertAborts(Fault.AlreadyBidden):
      auction.call(from = seller)(_.callOff())

  test("a refund that bounces waits for its owner"):
    val auction = fresh()
    auction.call(from = alice, value = 10.fsc)(_.bid())
    bounceNext()
    auction.call(from = bob, value = 20.fsc)(_.bid())
    deliverAll()
    assertEquals(auction.query(_.owedTo(alice)), 10.fsc)
    auction.call(from = alice)(_.withdraw())
    deliverAll()
    assertEquals(balanceOf(alice), 100.fsc)
    assertAborts(Fault.NothingOwed):
      auction.call(from = alice)(_.withdraw())

  test("proceeds that bounce can be collected to another account"):
    val auction = fresh()
    auction.call(from = alice, value = 10.fsc)(_.bid())
    advance(1.days)
    deliverOne() // the end of the auction; now the payment is on its way
    bounceNext()
    deliverAll()
    assertEquals(auction.query(_.status).phase, Phase.Uncollected)
    auction.call(from = seller)(_.collect(carol))
    deliverAll()
    assertEquals(balanceOf(carol), 110.fsc)
    assertEquals(auction.query(_.status).phase, Phase.Sold)

  test("a step of nothing does not deploy"):
    assertAborts(Fault.BadStep(0.percent)):
      deploy(Auction(seller, "x", 10.fsc, 0.percent, genesis + 1.days, 10.minutes))

  property("no coin is lost in any order of bids"):
    val auction = fresh()
    everyInterleaving(maxMessages = 8) {
      auction.call(from = alice, value = 10.fsc)(_.bid())
      auction.call(from = bob, value = 15.fsc)(_.bid())
      auction.call(from = carol, value = 40.fsc)(_.bid())
      advance(2.days)
    } {
      assertEquals(everything(auction), 300.fsc)
    }

  gas("a bid stays cheap"):
    val auction = fresh()
    auction.call(from = alice, value = 10.fsc)(_.bid())
    measure("bid", limit = 570000):
      auction.call(from = bob, value = 20.fsc)(_.bid())
