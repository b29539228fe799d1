// Arithmetic that may wrap on its way into storage or a payment, and such that cannot.
import fvm.*

final class Shop(price: Long) extends Contract:
  private var sold: Int = 0
  private var total: Long = 0
  private var counts: Map[Address, Long] = Map.empty
  private var seen: Set[Long] = Set.empty
  private var recent: List[Long] = Nil

  // Directly, by operators of assignment, and key by key.
  @entry
  def sell(count: Int, packs: Int): Unit can Write =
    sold = sold + count * packs //~ W0703 W0703
    total += price //~ W0703
    counts += msg.sender -> (counts.getOrElse(msg.sender, 0L) - price) //~ W0703
    seen += -total
    seen += price * 2 //~ W0703

  // The sender chooses where the step starts.
  @entry
  def start(n: Int, m: Long): Unit can Write =
    sold = n + 1 //~ W0703
    total = -m //~ W0703

  // Through locals, helpers, bound names, function values and saved calls.
  @entry
  def indirect(n: Long): Unit can Write & Schedule =
    val doubled = twice(n)
    put(doubled)
    recent = recent.map(r => r + n) //~ W0703
    Some(n - price) match //~ W0703
      case Some(rest) => total = rest
    val squared = n * n //~ W0703
    schedule(now + Duration(1000L))(later(squared))

  private def twice(n: Long): Long = n * 2 //~ W0703

  private def put(n: Long): Unit can Write = total = n

  @handler
  private def later(n: Long): Unit can Write = put(n)

  @entry
  def refund(n: Long): Unit can Read & Send =
    val owed = n * price //~ W0703
    pay(msg.sender, Amount(owed))(delivered = (), bounced = back(_))

  @handler
  private def back(bounce: Bounce): Unit can Write = sold = 0

  // The operands are small: by type, by constant, by precondition, in a branch.
  @entry
  def small(count: Int, packs: Int, n: Long): Unit can Write =
    require(n > 0 && n <= Shop.most, Shop.Fault.TooMany)
    total = count.toLong * packs
    sold = count % 1000 + 7
    sold = count / 3 - packs / 3
    total = n * n + 1
    if packs >= 0 && packs < 100 then sold = packs * packs
    else sold = 0
    val size = if count < 0 then 20 else 60
    sold = size + 40

  // What is taken is not more than what is there.
  @entry
  def take(n: Int): Unit can Write =
    require(n > 0 && n <= sold, Shop.Fault.TooMany)
    sold = sold - n

  // Steps: it would take thousands of millions of messages.
  @entry
  def step(n: Int): Unit can Write =
    sold += 1
    total = total + n
    val before = sold
    sold = before - 1

  // It fails instead of wrapping.
  @entry
  def exact(n: Int): Unit can Write =
    sold = Math.addExact(sold, Math.multiplyExact(n, n))

  // Neither stored nor paid; or only looked at on the way.
  @entry
  def elsewhere(n: Long): Long can Write =
    if n * n > total then total = n
    recent = recent.filter(r => r * 2 > n).drop(sold * 2)
    n * n

  // As intended.
  @allow("wrapping-arithmetic")
  @entry
  def mix(n: Int): Unit can Write =
    sold = sold * 31 + n

object Shop:
  val most = 1000000L

  enum Fault extends Problem:
    case TooMany
