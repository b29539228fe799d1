package echo

import fvm.*

/** Gives back what it is given: what is written outside is read by the contract's own decoder, and
  * written again by its own encoder.
  */
final class Echo extends Contract:
  import Echo.*

  @view def unit(x: Unit): Unit can Pure = x
  @view def boolean(x: Boolean): Boolean can Pure = x
  @view def char(x: Char): Char can Pure = x
  @view def int(x: Int): Int can Pure = x
  @view def long(x: Long): Long can Pure = x
  @view def text(x: String): String can Pure = x
  @view def bytes(x: Bytes): Bytes can Pure = x
  @view def hash(x: Hash): Hash can Pure = x
  @view def address(x: Address): Address can Pure = x
  @view def amount(x: Amount): Amount can Pure = x
  @view def unsigned(x: UInt128): UInt128 can Pure = x
  @view def signed(x: Int128): Int128 can Pure = x
  @view def wide(x: UInt256): UInt256 can Pure = x
  @view def unbounded(x: BigInt): BigInt can Pure = x
  @view def option(x: Option[Option[Int]]): Option[Option[Int]] can Pure = x
  @view def either(x: Either[String, Long]): Either[String, Long] can Pure = x
  @view def list(x: List[Int]): List[Int] can Pure = x
  @view def vector(x: Vector[String]): Vector[String] can Pure = x
  @view def set(x: Set[Long]): Set[Long] can Pure = x
  @view def map(x: Map[String, List[Int]]): Map[String, List[Int]] can Pure = x
  @view def keyed(x: Map[(Int, Boolean), Color]): Map[(Int, Boolean), Color] can Pure = x
  @view def tuple(x: (Int, String, Boolean)): (Int, String, Boolean) can Pure = x
  @view def color(x: Color): Color can Pure = x
  @view def shape(x: Shape): Shape can Pure = x
  @view def tree(x: Tree): Tree can Pure = x
  @view def generic(x: Pair[Int, Color]): Pair[Int, Color] can Pure = x
  @view def order(x: Order): Order can Pure = x
  @view def span(x: Duration): Duration can Pure = x
  @view def share(x: Ratio): Ratio can Pure = x
  @view def ref(x: Ref[Echo]): Ref[Echo] can Pure = x
  @view def problem(x: Problem): Problem can Pure = x
  @view def mark(x: Mark): Mark can Pure = x
  @view def user(x: UserId): UserId can Pure = x
  @view def users(x: Map[UserId, Pair[UserId, Box[Int]]]): Map[UserId, Pair[UserId, Box[Int]]] can Pure = x
  @view def named(x: (id: UserId, of: String)): (id: UserId, of: String) can Pure = x
  @view def two(x: Int, y: String): (Int, String) can Pure = (x, y)

  /** The value as the contract itself sees it. */
  @view def shown(x: Order): String can Pure = x.toString
  @view def shapeShown(x: Shape): String can Pure = x.toString

  @view def fails(x: Int): Int can Pure =
    require(x > 0, Fault.TooSmall(x, Color.Green))
    100 / (x - 1)

object Echo:
  opaque type UserId = Long
  opaque type Box[A] = Option[A]

  enum Color:
    case Red, Green, Blue

  enum Shape:
    case Point
    case Circle(radius: Int)
    case Box(width: Int, height: Int, color: Color)

  enum Tree:
    case Leaf
    case Node(left: Tree, value: Int, right: Tree)

  final case class Pair[A, B](first: A, second: B)

  final case class Order(id: Long, from: Address, price: Amount, stages: List[Shape], note: Option[String])

  final case class Mark()

  enum Fault extends Problem:
    case TooSmall(x: Int, color: Color)
