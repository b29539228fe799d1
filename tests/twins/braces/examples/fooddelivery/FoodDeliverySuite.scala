package examples

import fvm.*
import fvm.testing.*

final class FoodDeliverySuite extends ContractSuite {
  import FoodDelivery.*

  private val host      = account("host", 0.fsc)
  private val trattoria = account("trattoria", 5.fsc)
  private val rider     = account("rider", 0.fsc)
  private val carol     = account("carol", 100.fsc)
  private val mallory   = account("mallory", 0.fsc)

  private val book = deploy(PointsBook())

  private def fresh(): Deployed[FoodDelivery] =
    deploy(
      FoodDelivery(
        host,
        hostFee = 10.percent,
        courierShare = 20.percent,
        claimWindow = 2.hours,
        loyalty = Ref[LoyaltyPoints](book.address)
      )
    )

  private def ordered(app: Deployed[FoodDelivery], payment: Payment): Long =
    app.call(from = carol, value = 20.fsc)(_.order(trattoria, "pizza", 1.hours, payment))

  private def onTheWay(app: Deployed[FoodDelivery], payment: Payment): Long = {
    val id = ordered(app, payment)
    app.call(from = trattoria)(_.cook(id))
    app.call(from = rider)(_.pickUp(id))
    id
  }

  private def delivered(app: Deployed[FoodDelivery], payment: Payment): Long = {
    val id = onTheWay(app, payment)
    app.call(from = rider)(_.handOver(id))
    id
  }

  private def everything(app: Deployed[FoodDelivery]): Amount =
    balanceOf(host) + balanceOf(trattoria) + balanceOf(rider) + balanceOf(carol) + app.balance

  // ── the ways to pay ────────────────────────────────────────────────────────

  test("an accepted delivery pays restaurant, courier and host") {
    val app = fresh()
    val id  = delivered(app, Payment.OnDelivery)
    assertEquals(balanceOf(trattoria), 5.fsc)
    app.call(from = carol)(_.accept(id))
    deliverAll()
    assertEquals(balanceOf(trattoria), 19.fsc)
    assertEquals(balanceOf(rider), 4.fsc)
    assertEquals(balanceOf(host), 2.fsc)
    assertEquals(app.balance, 0.fsc)
    assertEquals(stories, List(Record.Fulfilled(id, carol, trattoria, 20.fsc)))
    assertEquals(book.query(_.total(app.address, carol)), 1L)
  }

  test("silence after delivery is consent") {
    val app = fresh()
    val id  = delivered(app, Payment.OnDelivery)
    advance(1.hours)
    deliverAll()
    assertEquals(balanceOf(rider), 0.fsc)
    advance(1.hours)
    deliverAll()
    assertEquals(balanceOf(rider), 4.fsc)
    assertEquals(app.query(_.show(id)), None)
  }

  test("a prepaid order pays the restaurant at once and the courier later") {
    val app = fresh()
    val id  = ordered(app, Payment.AtOrder)
    deliverAll()
    assertEquals(balanceOf(trattoria), 19.fsc)
    assertEquals(balanceOf(host), 2.fsc)
    assertEquals(app.balance, 4.fsc)
    app.call(from = trattoria)(_.cook(id))
    app.call(from = rider)(_.pickUp(id))
    app.call(from = carol)(_.accept(id))
    deliverAll()
    assertEquals(balanceOf(rider), 4.fsc)
    assertEquals(app.balance, 0.fsc)
  }

  test("a set time delays the payment beyond the claim window") {
    val app = fresh()
    delivered(app, Payment.At(genesis + 1.days))
    advance(12.hours)
    deliverAll()
    assertEquals(balanceOf(trattoria), 5.fsc)
    advance(12.hours)
    deliverAll()
    assertEquals(balanceOf(trattoria), 19.fsc)
  }

  test("a set time does not pay for what was never delivered") {
    val app = fresh()
    ordered(app, Payment.At(genesis + 1.days))
    advance(2.days)
    deliverAll()
    assertEquals(balanceOf(trattoria), 5.fsc)
    assertEquals(app.balance, 20.fsc)
  }

  test("a set time must lie ahead") {
    val app = fresh()
    assertAborts(Fault.TooEarly(genesis)) {
      ordered(app, Payment.At(genesis))
    }
    assertEquals(balanceOf(carol), 100.fsc)
  }

  // ── claims ─────────────────────────────────────────────────────────────────

  test("a cold pizza gives a fifth back") {
    val app = fresh()
    val id  = delivered(app, Payment.OnDelivery)
    app.call(from = carol)(_.claim(id, Wish.Refund))
    app.call(from = trattoria)(_.approve(id, Damage.Cold))
    deliverAll()
    assertEquals(balanceOf(carol), 84.fsc)
    assertEquals(stories, List(Record.Refunded(id, carol, trattoria, 4.fsc)))
    assertEquals(everything(app), 105.fsc)
  }

  test("a late one gives more back") {
    val app = fresh()
    val id  = onTheWay(app, Payment.OnDelivery)
    advance(90.minutes)
    app.call(from = carol)(_.claim(id, Wish.Refund))
    app.call(from = rider)(_.approve(id, Damage.Cold))
    deliverAll()
    assertEquals(balanceOf(carol), 88.fsc)
  }

  test("a replacement starts the order again") {
    val app = fresh()
    val id  = delivered(app, Payment.OnDelivery)
    app.call(from = carol)(_.claim(id, Wish.Replacement))
    app.call(from = trattoria)(_.approve(id, Damage.WrongDish))
    app.call(from = trattoria)(_.cook(id))
    advance(2.hours)
    deliverAll()
    assertEquals(app.query(_.show(id)).map(_.stage), Some(Stage.Cooking))
    assertEquals(app.balance, 20.fsc)
  }

  test("a claim that nobody answers is granted") {
    val app = fresh()
    val id  = delivered(app, Payment.OnDelivery)
    app.call(from = carol)(_.claim(id, Wish.Refund))
    advance(2.hours)
    deliverAll()
    assertEquals(balanceOf(carol), 100.fsc)
  }

  test("too early, or by somebody else, is no claim") {
    val app = fresh()
    val id  = onTheWay(app, Payment.OnDelivery)
    assertAborts(Fault.TooEarly(genesis + 1.hours)) {
      app.call(from = carol)(_.claim(id, Wish.Refund))
    }
    assertAborts(Fault.NotYours(id)) {
      app.call(from = mallory)(_.claim(id, Wish.Refund))
    }
  }

  test("money that the restaurant already has is not refunded") {
    val app = fresh()
    val id  = delivered(app, Payment.AtOrder)
    assertAborts(Fault.AlreadyPaid(id)) {
      app.call(from = carol)(_.claim(id, Wish.Refund))
    }
  }

  test("an order that is being paid cannot be claimed") {
    val app = fresh()
    val id  = delivered(app, Payment.OnDelivery)
    app.call(from = carol)(_.accept(id))
    assertAborts(Fault.WrongStage(Stage.Paying(Amount.zero))) {
      app.call(from = carol)(_.claim(id, Wish.Refund))
    }
  }

  // ── when things go wrong ───────────────────────────────────────────────────

  test("the fee has an upper bound") {
    assertAborts(Fault.FeeTooHigh(50.percent)) {
      deploy(FoodDelivery(host, 50.percent, 20.percent, 2.hours, Ref[LoyaltyPoints](book.address)))
    }
  }

  test("unknown orders and empty orders abort") {
    val app = fresh()
    assertAborts(Fault.NoSuchOrder(7L)) {
      app.call(from = trattoria)(_.cook(7L))
    }
    assertAborts(Fault.NothingPaid) {
      app.call(from = carol)(_.order(trattoria, "air", 1.hours, Payment.OnDelivery))
    }
  }

  test("a payout that bounces is credited and can be fetched") {
    val app = fresh()
    val id  = delivered(app, Payment.OnDelivery)
    app.call(from = carol)(_.accept(id))
    bounceNext()
    deliverAll()
    assertEquals(app.query(_.owedTo(trattoria)), 14.fsc)
    assertEquals(balanceOf(rider), 4.fsc)
    app.call(from = trattoria)(_.withdraw())
    deliverAll()
    assertEquals(balanceOf(trattoria), 19.fsc)
    assertEquals(app.balance, 0.fsc)
    assertAborts(Fault.NothingOwed) {
      app.call(from = trattoria)(_.withdraw())
    }
  }

  test("advertising goes to the host, and back when it bounces") {
    val app = fresh()
    app.call(from = trattoria, value = 2.fsc)(_.advertise())
    deliverAll()
    assertEquals(balanceOf(host), 2.fsc)
    bounceNext()
    app.call(from = trattoria, value = 3.fsc)(_.advertise())
    deliverAll()
    assertEquals(app.query(_.owedTo(trattoria)), 3.fsc)
  }

  property("money is conserved in every order of delivery") {
    val app = fresh()
    val id  = onTheWay(app, Payment.OnDelivery)
    everyInterleaving(maxMessages = 8) {
      app.call(from = rider)(_.handOver(id))
      app.call(from = carol)(_.accept(id))
      app.call(from = carol)(_.claim(id, Wish.Refund))
      advance(3.hours)
    } {
      assertEquals(everything(app), 105.fsc)
    }
  }

  gas("ordering stays cheap") {
    val app = fresh()
    measure("order", limit = 630000) {
      ordered(app, Payment.OnDelivery)
    }
  }
}
