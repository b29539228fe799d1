// Everything that has a form as bytes.
import fvm.*

final class Stores(val start: Instant, val other: Ref[Purse]) extends Contract:
  private var a: Int                            = 1
  private var b: Option[(Long, String)]         = None
  private var c: List[Stores.Tree]              = Nil
  private var d: Either[Boolean, Char]          = Left(true)
  private var e: Map[(Address, Int), Set[Long]] = Map.empty
  private var f: Vector[Ratio]                  = Vector.empty
  private var g: Stores.Color                   = Stores.Color.Red
  private var h: BigInt                         = BigInt(1)
  private var i: UInt128                        = UInt128.zero
  private var j: Duration                       = 1.days

  @entry
  def set(tree: Stores.Tree): Unit can Write = c = tree :: c

trait Purse extends Contract:
  @view
  def content: Amount

object Stores:
  enum Color:
    case Red, Green
  enum Tree:
    case Leaf
    case Node(left: Tree, value: Int, right: Tree)
