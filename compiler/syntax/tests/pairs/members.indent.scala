abstract class Account(
    val owner: String,
    private var balance: BigInt = 0,
)(using Clock)
    extends Base(owner)
    with Logging:
  import Account.{Limit, minimum as least, *}

  @deprecated("old")
  protected[this] lazy val id: String =
    fresh()

  def this(owner: String) =
    this(owner, 0)
  end this

  val handler = new Handler:
    def handle(x: Int): Unit =
      log(x)

  val (first, second) = split(owner)
  val Some(third) = find(owner): @unchecked

  inline def twice(inline f: => Unit): Unit =
    f
    f

  opaque type Id =
    Long
  def pay(to: Account, amounts: BigInt*): Either[String, Unit]
end Account
