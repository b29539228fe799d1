package examples

import fvm.*
import fvm.testing.*

final class TokenSuite extends ContractSuite {
  import Token.{Fault, Log}

  private val mint  = account("mint", 1.fsc)
  private val alice = account("alice", 1.fsc)
  private val bob   = account("bob", 1.fsc)
  private val shop  = account("shop", 1.fsc)

  private def units(n: Long): UInt128 = UInt128(n)

  private def fresh(): Deployed[Token] =
    deploy(Token("Beans", "BNS", 2, units(1000000L), mint))

  private def withBeans(): Deployed[Token] = {
    val token = fresh()
    token.call(from = mint)(_.mint(alice, units(1000L)))
    token
  }

  private def sum(token: Deployed[Token]): UInt128 =
    token.query(_.balanceOf(alice)) + token.query(_.balanceOf(bob)) + token.query(_.balanceOf(shop))

  test("a new token has no units") {
    val token = fresh()
    assertEquals(token.query(_.totalSupply), UInt128.zero)
    assertEquals(token.query(_.balanceOf(alice)), UInt128.zero)
  }

  test("minting gives units to the holder") {
    val token = withBeans()
    assertEquals(token.query(_.balanceOf(alice)), units(1000L))
    assertEquals(token.query(_.totalSupply), units(1000L))
    assertEquals(events, List(Log.Minted(alice, units(1000L))))
  }

  test("a transfer moves units and nothing else") {
    val token = withBeans()
    token.call(from = alice)(_.transfer(bob, units(300L)))
    assertEquals(token.query(_.balanceOf(alice)), units(700L))
    assertEquals(token.query(_.balanceOf(bob)), units(300L))
    assertEquals(token.query(_.totalSupply), units(1000L))
  }

  test("a transfer to oneself changes nothing") {
    val token = withBeans()
    token.call(from = alice)(_.transfer(alice, units(1000L)))
    assertEquals(token.query(_.balanceOf(alice)), units(1000L))
  }

  test("nobody sends more than they have") {
    val token = withBeans()
    assertAborts(Fault.NotEnough(units(1000L), units(1001L))) {
      token.call(from = alice)(_.transfer(bob, units(1001L)))
    }
    assertAborts(Fault.NotEnough(UInt128.zero, units(1L))) {
      token.call(from = bob)(_.transfer(alice, units(1L)))
    }
    assertEquals(sum(token), units(1000L))
  }

  test("empty transfers and transfers to the contract abort") {
    val token = withBeans()
    assertAborts(Fault.ZeroAmount) {
      token.call(from = alice)(_.transfer(bob, UInt128.zero))
    }
    assertAborts(Fault.LostTokens) {
      token.call(from = alice)(_.transfer(token.address, units(1L)))
    }
    assertEquals(token.query(_.balanceOf(alice)), units(1000L))
  }

  test("an allowance is used up by what is spent") {
    val token = withBeans()
    token.call(from = alice)(_.approve(shop, UInt128.zero, units(500L)))
    token.call(from = shop)(_.transferFrom(alice, bob, units(200L)))
    assertEquals(token.query(_.allowance(alice, shop)), units(300L))
    assertEquals(token.query(_.balanceOf(bob)), units(200L))
    assertAborts(Fault.NotAllowed(units(300L), units(301L))) {
      token.call(from = shop)(_.transferFrom(alice, bob, units(301L)))
    }
  }

  test("an allowance does not make money") {
    val token = withBeans()
    token.call(from = bob)(_.approve(shop, UInt128.zero, units(50L)))
    assertAborts(Fault.NotEnough(UInt128.zero, units(50L))) {
      token.call(from = shop)(_.transferFrom(bob, shop, units(50L)))
    }
    assertEquals(token.query(_.allowance(bob, shop)), units(50L))
  }

  test("changing an allowance names the old one") {
    val token = withBeans()
    token.call(from = alice)(_.approve(shop, UInt128.zero, units(100L)))
    token.call(from = shop)(_.transferFrom(alice, shop, units(100L)))
    assertAborts(Fault.AllowanceChanged(UInt128.zero)) {
      token.call(from = alice)(_.approve(shop, units(100L), units(50L)))
    }
  }

  test("only the minter mints, and only up to the cap") {
    val token = fresh()
    assertAborts(Fault.NotMinter) {
      token.call(from = alice)(_.mint(alice, units(1L)))
    }
    token.call(from = mint)(_.mint(alice, units(999999L)))
    assertAborts(Fault.CapReached(units(1L))) {
      token.call(from = mint)(_.mint(alice, units(2L)))
    }
  }

  test("the right to mint can be passed on and given up") {
    val token = fresh()
    token.call(from = mint)(_.passMinting(Some(bob)))
    assertAborts(Fault.NotMinter) {
      token.call(from = mint)(_.mint(alice, units(1L)))
    }
    token.call(from = bob)(_.mint(alice, units(1L)))
    token.call(from = bob)(_.passMinting(None))
    assertAborts(Fault.NotMinter) {
      token.call(from = bob)(_.mint(alice, units(1L)))
    }
  }

  test("burning makes room under the cap") {
    val token = withBeans()
    token.call(from = alice)(_.burn(units(400L)))
    assertEquals(token.query(_.totalSupply), units(600L))
    assertAborts(Fault.NotEnough(units(600L), units(601L))) {
      token.call(from = alice)(_.burn(units(601L)))
    }
  }

  test("bad parameters do not deploy") {
    assertAborts(Fault.BadDecimals(99)) {
      deploy(Token("Bad", "BAD", 99, units(1L), mint))
    }
  }

  property("the supply is the sum of the balances in every order") {
    val token = withBeans()
    token.call(from = alice)(_.approve(shop, UInt128.zero, units(600L)))
    everyInterleaving(maxMessages = 8) {
      token.call(from = alice)(_.transfer(bob, units(700L)))
      token.call(from = shop)(_.transferFrom(alice, shop, units(600L)))
      token.call(from = bob)(_.burn(units(100L)))
      token.call(from = mint)(_.mint(bob, units(50L)))
    } {
      assertEquals(sum(token), token.query(_.totalSupply))
    }
  }

  gas("a transfer stays cheap") {
    val token = withBeans()
    measure("transfer", limit = 460000) {
      token.call(from = alice)(_.transfer(bob, units(1L)))
    }
  }
}
