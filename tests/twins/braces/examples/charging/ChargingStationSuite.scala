package examples

import fvm.*
import fvm.testing.*

final class ChargingStationSuite extends ContractSuite {
  import ChargingStation.*

  private val operator = account("operator", 0.fsc)
  private val meter    = account("meter", 0.fsc)
  private val eve      = account("eve", 100.fsc)
  private val max      = account("max", 100.fsc)

  /** Two coins for a kilowatt-hour, one for an unused reservation. */
  private def fresh(): Deployed[ChargingStation] =
    deploy(ChargingStation(operator, meter, 2.fsc, 1.fsc, 15.minutes, 10.minutes))

  private def charging(station: Deployed[ChargingStation]): Long = {
    val id = station.call(from = eve, value = 40.fsc)(_.reserve())
    station.call(from = eve)(_.start())
    id
  }

  test("energy is paid, the rest of the deposit comes back") {
    val station = fresh()
    val id      = charging(station)
    station.call(from = meter)(_.report(id, 4500L))
    station.call(from = meter)(_.report(id, 10000L))
    station.call(from = eve)(_.stop())
    deliverAll()
    assertEquals(balanceOf(operator), 20.fsc)
    assertEquals(balanceOf(eve), 80.fsc)
    assertEquals(stories, List(Record.Charged(id, eve, 10000L, 20.fsc)))
    assertEquals(station.query(_.session), None)
  }

  test("the session ends when the deposit is used up") {
    val station = fresh()
    val id      = charging(station)
    station.call(from = meter)(_.report(id, 25000L))
    deliverAll()
    assertEquals(balanceOf(operator), 40.fsc)
    assertEquals(balanceOf(eve), 60.fsc)
    assertEquals(station.query(_.session), None)
  }

  test("topping up makes it longer") {
    val station = fresh()
    val id      = charging(station)
    station.call(from = eve, value = 20.fsc)(_.topUp())
    station.call(from = meter)(_.report(id, 25000L))
    assertEquals(station.query(_.session).map(_.deposit), Some(60.fsc))
    station.call(from = eve)(_.stop())
    deliverAll()
    assertEquals(balanceOf(operator), 50.fsc)
    assertEquals(balanceOf(eve), 50.fsc)
  }

  test("an unused reservation costs the fee") {
    val station = fresh()
    station.call(from = eve, value = 40.fsc)(_.reserve())
    assertAborts(Fault.Occupied) {
      station.call(from = max, value = 40.fsc)(_.reserve())
    }
    advance(15.minutes)
    deliverAll()
    assertEquals(balanceOf(operator), 1.fsc)
    assertEquals(balanceOf(eve), 99.fsc)
    station.call(from = max, value = 40.fsc)(_.reserve())
    assertEquals(station.query(_.session).map(_.driver), Some(max))
  }

  test("a reservation that is used does not run out") {
    val station = fresh()
    val id      = charging(station)
    advance(9.minutes)
    station.call(from = meter)(_.report(id, 1000L))
    advance(9.minutes)
    deliverAll()
    assertEquals(station.query(_.session).map(_.stage), Some(Stage.Charging))
  }

  test("a silent meter ends the session by the last reading") {
    val station = fresh()
    val id      = charging(station)
    station.call(from = meter)(_.report(id, 5000L))
    advance(10.minutes)
    deliverAll()
    assertEquals(balanceOf(operator), 10.fsc)
    assertEquals(balanceOf(eve), 90.fsc)
  }

  test("readings only grow and come from the meter") {
    val station = fresh()
    val id      = charging(station)
    station.call(from = meter)(_.report(id, 5000L))
    assertAborts(Fault.BadReading(5000L, 4999L)) {
      station.call(from = meter)(_.report(id, 4999L))
    }
    assertAborts(Fault.NotMeter) {
      station.call(from = operator)(_.report(id, 6000L))
    }
    assertAborts(Fault.NoSession) {
      station.call(from = meter)(_.report(id + 1, 6000L))
    }
  }

  test("only the driver stops, starts and tops up") {
    val station = fresh()
    charging(station)
    assertAborts(Fault.NotDriver) {
      station.call(from = max)(_.stop())
    }
    assertAborts(Fault.NotDriver) {
      station.call(from = max, value = 1.fsc)(_.topUp())
    }
    assertAborts(Fault.WrongStage(Stage.Charging)) {
      station.call(from = eve)(_.start())
    }
  }

  test("a deposit below the fee reserves nothing") {
    val station = deploy(ChargingStation(operator, meter, 2.fsc, 5.fsc, 15.minutes, 10.minutes))
    assertAborts(Fault.DepositTooSmall(5.fsc)) {
      station.call(from = eve, value = 4.fsc)(_.reserve())
    }
    assertEquals(balanceOf(eve), 100.fsc)
  }

  test("a short session costs at least the fee") {
    val station = fresh()
    charging(station)
    station.call(from = eve)(_.stop())
    deliverAll()
    assertEquals(balanceOf(operator), 1.fsc)
    assertEquals(balanceOf(eve), 99.fsc)
  }

  test("a payment that bounces can be fetched") {
    val station = fresh()
    val id      = charging(station)
    station.call(from = meter)(_.report(id, 10000L))
    bounceNext()
    station.call(from = eve)(_.stop())
    deliverAll()
    assertEquals(station.query(_.creditOf(operator)), 20.fsc)
    assertEquals(balanceOf(eve), 80.fsc)
    station.call(from = operator)(_.withdraw())
    deliverAll()
    assertEquals(balanceOf(operator), 20.fsc)
    assertEquals(station.balance, 0.fsc)
    assertAborts(Fault.NothingOwed) {
      station.call(from = operator)(_.withdraw())
    }
  }

  property("no coin is lost in any order") {
    val station = fresh()
    val id      = charging(station)
    everyInterleaving(maxMessages = 8) {
      station.call(from = meter)(_.report(id, 5000L))
      station.call(from = eve, value = 5.fsc)(_.topUp())
      station.call(from = eve)(_.stop())
      advance(1.hours)
    } {
      assertEquals(balanceOf(operator) + balanceOf(eve) + station.balance, 100.fsc)
    }
  }

  gas("a reading stays cheap") {
    val station = fresh()
    val id      = charging(station)
    measure("report", limit = 330000) {
      station.call(from = meter)(_.report(id, 1000L))
    }
  }
}
