package ledger

import fvm.*
import fvm.testing.*

/** Takes values of every kind through messages, storage, events and back. */
final class Vault(val label: String, val limits: (Int, Long)) extends Contract:
  import Vault.*
  private var shape: Shape = Shape.Empty
  private var pair: (Int, String) = (0, "")
  private var either: Either[String, Int] = Left("none")
  private var many: Vector[Option[Long]] = Vector.empty
  private var tree: Tree = Leaf(0)
  private var wide: UInt256 = UInt256.zero
  private var big: BigInt = BigInt(0)
  private var letter: Char = 'a'
  private var small: Short = 0
  private var tiny: Byte = 0
  private var flags: Set[Shape] = Set.empty
  private var byPair: Map[(Address, Int), List[String]] = Map.empty
  private var until: Option[Instant] = None
  private var rate: Ratio = 5.percent

  @entry
  def putShape(s: Shape): Shape can Write & Emit =
    shape = s
    emit(Log.Changed(s, None))
    emit(Log.Changed(Shape.Empty, Some((s, 3))))
    flags = flags + s
    s

  @entry
  def putNumbers(c: Char, s: Short, b: Byte, n: BigInt, u: UInt256): (Char, Short) can Write =
    letter = c
    small = s
    tiny = b
    big = n
    wide = u
    (letter, small)

  @entry
  def putMany(xs: Vector[Option[Long]], e: Either[String, Int], t: Tree): Int can Write =
    many = xs
    either = e
    tree = t
    xs.flatten.length

  @entry
  def putEntry(k: Int, texts: List[String]): Option[List[String]] can Write =
    val before = byPair.get((msg.sender, k))
    byPair = byPair.updated((msg.sender, k), texts)
    before

  @entry
  def dropEntry(k: Int): Unit can Write = byPair = byPair.removed((msg.sender, k))

  @entry
  def allow(seconds: Long): Unit can Write =
    until = Some(now + Duration(seconds))
    rate = 7.percent

  @entry
  def fail(s: Shape): Unit can Pure = abort(Fault.Wrong(s, List(s, Shape.Empty)))

  @view
  def numbers: (Char, Short, Byte, BigInt) can Read = (letter, small, tiny, big)
  @view
  def huge: UInt256 can Read = wide
  @view
  def all: (Vector[Option[Long]], Either[String, Int], Tree) can Read = (many, either, tree)
  @view
  def sum: Int can Read = total(tree)
  @view
  def has(s: Shape): Boolean can Read = flags.contains(s)
  @view
  def kinds: Int can Read = flags.size
  @view
  def entry(who: Address, k: Int): List[String] can Read = byPair.getOrElse((who, k), List("default"))
  @view
  def entries: Int can Read = byPair.size
  @view
  def first: Int can Read = limits._1 + label.length
  @view
  def end: Option[Instant] can Read = until
  @view
  def share(a: Amount): Amount can Read = a.share(rate)

  private def total(t: Tree): Int =
    t match
      case Leaf(n)       => n
      case Node(l, r, _) => total(l) + total(r)

sealed trait Tree
final case class Leaf(n: Int) extends Tree
final case class Node(left: Tree, right: Tree, name: Option[String]) extends Tree

object Vault:
  enum Shape:
    case Empty
    case Circle(radius: Long)
    case Box(width: Int, height: Int, inside: Option[Shape])
  enum Log extends Event:
    case Changed(to: Shape, more: Option[(Shape, Int)])
  enum Fault extends Problem:
    case Wrong(shape: Shape, others: List[Shape])

final class ValueSuite extends ContractSuite:
  import Vault.*
  private val alice = account("alice", 10.fsc)
  private val bob = account("bob", 10.fsc)
  private val vault = deploy(Vault("été 🙂", (40, -1L)))
  private val nested = Shape.Box(1, -2, Some(Shape.Box(3, 4, Some(Shape.Circle(Long.MinValue)))))

  test("enums with fields go there and back"):
    assertEquals(vault.call(from = alice)(_.putShape(nested)), nested)
    assertEquals(events, List(Log.Changed(nested, None), Log.Changed(Shape.Empty, Some((nested, 3)))))

  test("sets hold values, not objects"):
    vault.call(from = alice)(_.putShape(nested))
    vault.call(from = alice)(_.putShape(nested))
    vault.call(from = alice)(_.putShape(Shape.Empty))
    assert(vault.query(_.has(Shape.Box(1, -2, Some(Shape.Box(3, 4, Some(Shape.Circle(Long.MinValue))))))))
    assert(!vault.query(_.has(Shape.Circle(1L))))
    assertEquals(vault.query(_.kinds), 2)

  test("numbers of all sizes"):
    val big = BigInt("-123456789012345678901234567890")
    val wide = UInt256((BigInt(1) << 256) - BigInt(1))
    val back = vault.call(from = alice)(_.putNumbers('é', (-5).toShort, (-128).toByte, big, wide))
    assertEquals(back, ('é', (-5).toShort))
    assertEquals(vault.query(_.numbers), ('é', (-5).toShort, (-128).toByte, big))
    assertEquals(vault.query(_.huge), wide)

  test("collections, either and trees"):
    val tree = Node(Node(Leaf(1), Leaf(2), None), Leaf(39), Some("root"))
    val many = Vector(Some(1L), None, Some(-1L))
    assertEquals(vault.call(from = alice)(_.putMany(many, Right(3), tree)), 2)
    assertEquals(vault.query(_.all), (many, Right(3), tree))
    assertEquals(vault.query(_.sum), 42)

  test("entries under pairs of keys"):
    assertEquals(vault.call(from = alice)(_.putEntry(1, List("a", "b"))), None)
    assertEquals(vault.call(from = alice)(_.putEntry(1, Nil)), Some(List("a", "b")))
    assertEquals(vault.query(_.entry(alice, 1)), Nil)
    assertEquals(vault.query(_.entry(bob, 1)), List("default"))
    vault.call(from = bob)(_.putEntry(1, List("c")))
    vault.call(from = alice)(_.dropEntry(1))
    assertEquals(vault.query(_.entries), 1)

  test("problems carry values"):
    assertAborts(Fault.Wrong(nested, List(nested, Shape.Empty))) {
      vault.call(from = alice)(_.fail(nested))
    }

  test("time, ratios and deployment arguments"):
    assertEquals(vault.query(_.first), 46)
    vault.call(from = alice)(_.allow(60L))
    assertEquals(vault.query(_.end), Some(genesis + 1.minutes))
    assertEquals(vault.query(_.share(100.fsc)), 7.fsc)
