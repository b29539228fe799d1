package examples

import fvm.*
import fvm.testing.*

final class MultiSigSuite extends ContractSuite:
  import MultiSig.*

  private val ann  = account("ann", 100.fsc)
  private val ben  = account("ben", 0.fsc)
  private val cat  = account("cat", 0.fsc)
  private val shop = account("shop", 0.fsc)

  private def fresh(): Deployed[MultiSig] =
    val wallet = deploy(MultiSig(List(ann, ben, cat), 2, 7.days))
    wallet.call(from = ann, value = 50.fsc)(_.deposit())
    wallet

  test("two of three pay"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 20.fsc)))
    deliverAll()
    assertEquals(balanceOf(shop), 0.fsc)
    wallet.call(from = cat)(_.approve(id))
    deliverAll()
    assertEquals(balanceOf(shop), 20.fsc)
    assertEquals(wallet.balance, 30.fsc)
    assertEquals(stories, List(Record.Paid(id, shop, 20.fsc)))
    assertEquals(wallet.query(_.show(id)), None)

  test("a stranger neither proposes nor approves"):
    val wallet = fresh()
    assertAborts(Fault.NotOwner):
      wallet.call(from = shop)(_.propose(Action.Pay(shop, 1.fsc)))
    val id = wallet.call(from = ann)(_.propose(Action.Pay(shop, 1.fsc)))
    assertAborts(Fault.NotOwner):
      wallet.call(from = shop)(_.approve(id))

  test("nobody approves twice"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 1.fsc)))
    assertAborts(Fault.AlreadyApproved(id)):
      wallet.call(from = ann)(_.approve(id))
    assertEquals(balanceOf(shop), 0.fsc)

  test("an approval can be taken back"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 1.fsc)))
    wallet.call(from = ann)(_.revoke(id))
    assertAborts(Fault.NoSuchProposal(id)):
      wallet.call(from = ben)(_.approve(id))

  test("a proposal expires"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 1.fsc)))
    advance(7.days)
    deliverAll()
    assertAborts(Fault.NoSuchProposal(id)):
      wallet.call(from = ben)(_.approve(id))

  test("an executed proposal does not expire"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 1.fsc)))
    wallet.call(from = ben)(_.approve(id))
    advance(7.days)
    deliverAll()
    assertEquals(balanceOf(shop), 1.fsc)
    assertEquals(events.contains(Log.Expired(id)), false)

  test("what is not there cannot be paid"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 51.fsc)))
    assertAborts(Fault.NotEnough(50.fsc)):
      wallet.call(from = ben)(_.approve(id))
    assertEquals(wallet.query(_.show(id)).map(_.approvals), Some(List(ann)))

  test("a payment that bounces leaves the money in the wallet"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 20.fsc)))
    bounceNext()
    wallet.call(from = ben)(_.approve(id))
    deliverAll()
    assertEquals(wallet.balance, 50.fsc)
    assertEquals(stories, List[Story]())

  test("owners and threshold change by proposals"):
    val wallet = fresh()
    val add    = wallet.call(from = ann)(_.propose(Action.AddOwner(shop)))
    wallet.call(from = ben)(_.approve(add))
    val all = wallet.call(from = shop)(_.propose(Action.ChangeThreshold(4)))
    wallet.call(from = ann)(_.approve(all))
    assertEquals(wallet.query(_.rules), Rules(List(ann, ben, cat, shop), 4))

  test("an owner who left does not count any more"):
    val wallet = fresh()
    val paying = wallet.call(from = cat)(_.propose(Action.Pay(shop, 5.fsc)))
    val leave  = wallet.call(from = ann)(_.propose(Action.RemoveOwner(cat)))
    wallet.call(from = ben)(_.approve(leave))
    wallet.call(from = ann)(_.approve(paying))
    deliverAll()
    assertEquals(balanceOf(shop), 0.fsc)
    wallet.call(from = ben)(_.approve(paying))
    deliverAll()
    assertEquals(balanceOf(shop), 5.fsc)

  test("the wallet never becomes unusable"):
    val wallet = deploy(MultiSig(List(ann, ben), 2, 7.days))
    val leave  = wallet.call(from = ann)(_.propose(Action.RemoveOwner(ben)))
    assertAborts(Fault.BadThreshold(2)):
      wallet.call(from = ben)(_.approve(leave))

  test("bad founders do not deploy"):
    assertAborts(Fault.DuplicateOwner):
      deploy(MultiSig(List(ann, ann), 1, 7.days))
    assertAborts(Fault.BadThreshold(3)):
      deploy(MultiSig(List(ann, ben), 3, 7.days))
    assertAborts(Fault.BadOwners(0)):
      deploy(MultiSig(List.empty[Address], 1, 7.days))

  property("one proposal pays at most once in every order"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 20.fsc)))
    everyInterleaving(maxMessages = 8) {
      wallet.call(from = ben)(_.approve(id))
      wallet.call(from = cat)(_.approve(id))
      wallet.call(from = ann)(_.revoke(id))
      advance(8.days)
    } {
      assertEquals(balanceOf(shop) + wallet.balance, 50.fsc)
    }

  gas("approving stays cheap"):
    val wallet = fresh()
    val id     = wallet.call(from = ann)(_.propose(Action.Pay(shop, 20.fsc)))
    measure("approve", limit = 780000):
      wallet.call(from = ben)(_.approve(id))
