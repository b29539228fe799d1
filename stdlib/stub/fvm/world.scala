/** A simulated world on the JVM, so that the suites of contracts also run as ordinary Scala. It knows messages, coins,
  * time, events, stories, invariants and rollback; it knows no gas, no storage and no effect rows.
  *
  * Relies on contracts that keep their state in `var`s of immutable values. Guarantees: a message that aborts leaves no
  * trace; coins are never created or lost; the same suite gives the same results every time.
  */
package fvm

private[fvm] final case class Aborted(problem: Problem) extends RuntimeException(problem.toString)

private[fvm] object World:
  /** Who is running: the contract, its message, and its state when the message began. */
  final case class Frame(self: Address, msg: Msg, before: Fields)

  type Fields = List[(java.lang.reflect.Field, AnyRef)]

  enum Message:
    case Payment(from: Address, to: Address, amount: Amount, delivered: () => Unit, bounced: Bounce => Unit)
    case Question(from: Address, to: Address, amount: Amount, run: () => Any, reply: Any => Unit, bounced: Bounce => Unit)
    case Answer(to: Address, run: () => Unit)
    case Return(to: Address, amount: Amount, run: () => Unit)
    case Due(to: Address, run: () => Unit)

    def receiver: Address = this match
      case Payment(_, to, _, _, _)     => to
      case Question(_, to, _, _, _, _) => to
      case Answer(to, _)               => to
      case Return(to, _, _)            => to
      case Due(to, _)                  => to

  final case class Scheduled(timer: Timer, at: Instant, owner: Address, run: () => Unit)

  final case class State(
      clock: Instant,
      coins: Map[Address, Amount] = Map.empty,
      contracts: Map[Address, Contract] = Map.empty,
      promises: Map[Address, List[() => Boolean]] = Map.empty,
      concluded: Set[Address] = Set.empty,
      queue: Vector[Message] = Vector.empty,
      timers: Vector[Scheduled] = Vector.empty,
      events: Vector[Event] = Vector.empty,
      stories: Vector[Story] = Vector.empty,
      fresh: Long = 1,
      fault: Option[SystemProblem] = None
  )

  final case class Snapshot(state: State, fields: Map[Address, Fields])

  val genesis: Instant     = Instant(1_700_000_000L)
  private var state: State = State(genesis)
  private var frames: List[Frame] = Nil

  def reset(): Unit =
    state = State(genesis)
    frames = Nil

  // ── what contracts see ─────────────────────────────────────────────────────

  def frame: Frame = frames.headOption.getOrElse(sys.error("only a message may do this"))
  def now: Instant = state.clock
  def balanceOf(who: Address): Amount = state.coins.getOrElse(who, Amount.zero)
  def events: List[Event]   = state.events.toList
  def stories: List[Story]  = state.stories.toList
  def emit(e: Event): Unit  = state = state.copy(events = state.events :+ e)
  def story(s: Story): Unit = state = state.copy(stories = state.stories :+ s)

  def conclude(s: Story): Unit =
    story(s)
    state = state.copy(concluded = state.concluded + frame.self)

  def promise(owner: Address, condition: () => Boolean): Unit =
    val known = state.promises.getOrElse(owner, Nil)
    state = state.copy(promises = state.promises.updated(owner, condition :: known))

  def pay(from: Address, to: Address, amount: Amount, delivered: () => Unit, bounced: Bounce => Unit): Unit =
    take(from, amount)
    enqueue(Message.Payment(from, to, amount, delivered, bounced))

  def ask[C <: Contract, R](
      to: Address,
      call: C => R,
      value: Amount,
      reply: R => Unit,
      bounced: Bounce => Unit
  ): Unit =
    val from = frame.self
    take(from, value)
    enqueue(
      Message.Question(from, to, value, () => call(contract[C](to)), r => reply(r.asInstanceOf[R]), bounced)
    )

  def schedule(owner: Address, at: Instant, run: () => Unit): Timer =
    val timer = Timer(state.fresh)
    state = state.copy(fresh = state.fresh + 1, timers = state.timers :+ Scheduled(timer, at, owner, run))
    ring()
    timer

  def cancel(timer: Timer): Unit = state = state.copy(timers = state.timers.filter(_.timer != timer))

  def spawn(from: Address, value: Amount, make: () => Contract, bounced: Bounce => Unit): Address =
    take(from, value)
    create(from, value, make) match
      case Right(address) => address
      case Left(problem) =>
        enqueue(Message.Return(from, value, () => bounced(Bounce(problem, value))))
        nextAddress()

  /** Evaluates `before` on the state that the running message found. */
  def past[A](contract: Contract, before: () => A): A =
    val present = fieldsOf(contract)
    put(contract, frame.before)
    try before()
    finally put(contract, present)

  // ── what suites do ─────────────────────────────────────────────────────────

  def account(funds: Amount): Address =
    val address = nextAddress()
    give(address, funds)
    address

  def contract[C <: Contract](address: Address): C = state.contracts(address).asInstanceOf[C]

  def create(from: Address, value: Amount, make: () => Contract): Either[Problem, Address] =
    val address = nextAddress()
    run(address, from, value) {
      val made = make()
      state = state.copy(contracts = state.contracts.updated(address, made))
      address
    }

  /** A message of an account, handled at once. */
  def call[R](from: Address, to: Address, value: Amount)(entry: => R): Either[Problem, R] =
    if balanceOf(from) < value then Left(SystemProblem.NotEnoughCoins)
    else if state.concluded(to) then Left(SystemProblem.Concluded)
    else
      take(from, value)
      run(to, from, value)(entry) match
        case Left(problem) =>
          give(from, value)
          Left(problem)
        case done => done

  def query[R](of: Address)(view: => R): R =
    val before = snapshot()
    try within(Frame(of, Msg(of, Amount.zero), Nil))(view)
    finally restore(before)

  def inject(problem: SystemProblem): Unit = state = state.copy(fault = Some(problem))

  def advance(by: Duration): Unit =
    state = state.copy(clock = state.clock + by)
    ring()

  def isIdle: Boolean = state.queue.isEmpty

  /** The positions in the queue that may come next: the first for each receiver. */
  def choices: List[Int] =
    state.queue.zipWithIndex.distinctBy((m, _) => m.receiver).map(_._2).toList

  def deliver(position: Int = 0): Unit =
    val message = state.queue(position)
    state = state.copy(queue = state.queue.patch(position, Nil, 1))
    message match
      case Message.Payment(from, to, amount, delivered, bounced) =>
        fault().orElse(Option.when(state.contracts.contains(to))(SystemProblem.NoEntry)) match
          case Some(problem) => comeBack(from, amount, problem, bounced)
          case None =>
            give(to, amount)
            enqueue(Message.Answer(from, delivered))
      case Message.Question(from, to, amount, body, reply, bounced) =>
        val refused = fault().orElse(
          if !state.contracts.contains(to) then Some(SystemProblem.NoContract)
          else Option.when(state.concluded(to))(SystemProblem.Concluded)
        )
        refused.toLeft(()).flatMap(_ => run(to, from, amount)(body())) match
          case Right(result) => enqueue(Message.Answer(from, () => reply(result)))
          case Left(problem) => comeBack(from, amount, problem, bounced)
      case Message.Answer(to, body) => inform(to, body)
      case Message.Return(to, amount, body) =>
        give(to, amount) // also when the handler aborts
        inform(to, body)
      case Message.Due(to, body) => inform(to, body)

  def snapshot(): Snapshot = Snapshot(state, state.contracts.map((a, c) => a -> fieldsOf(c)))

  def restore(s: Snapshot): Unit =
    state = s.state
    for (address, fields) <- s.fields do put(s.state.contracts(address), fields)

  // ── helpers ────────────────────────────────────────────────────────────────

  private def nextAddress(): Address =
    val digits = state.fresh.toHexString
    state = state.copy(fresh = state.fresh + 1)
    Address("0x" + "0" * (40 - digits.length) + digits)

  private def enqueue(m: Message): Unit = state = state.copy(queue = state.queue :+ m)

  private def give(who: Address, amount: Amount): Unit =
    state = state.copy(coins = state.coins.updated(who, balanceOf(who) + amount))

  private def take(who: Address, amount: Amount): Unit =
    if balanceOf(who) < amount then throw Aborted(SystemProblem.NotEnoughCoins)
    state = state.copy(coins = state.coins.updated(who, balanceOf(who) - amount))

  private def fault(): Option[SystemProblem] =
    val found = state.fault
    state = state.copy(fault = None)
    found

  private def comeBack(to: Address, amount: Amount, problem: Problem, bounced: Bounce => Unit): Unit =
    enqueue(Message.Return(to, amount, () => bounced(Bounce(problem, amount))))

  /** Moves timers that are due into the queue. */
  private def ring(): Unit =
    val (due, later) = state.timers.partition(_.at <= state.clock)
    val messages     = due.sortBy(s => (s.at.seconds, s.timer.id)).map(s => Message.Due(s.owner, s.run))
    state = state.copy(timers = later, queue = state.queue ++ messages)

  private def inform(to: Address, body: () => Unit): Unit =
    if !state.concluded(to) then run(to, to, Amount.zero)(body())

  /** Runs one message: all of it, or nothing of it. */
  private def run[R](to: Address, from: Address, value: Amount)(body: => R): Either[Problem, R] =
    val before = snapshot()
    give(to, value)
    val fields = state.contracts.get(to).map(fieldsOf).getOrElse(Nil)
    try
      val result = within(Frame(to, Msg(from, value), fields)) {
        val r = body
        check(to)
        r
      }
      Right(result)
    catch
      case Aborted(problem) =>
        restore(before)
        Left(problem)
      case _: ArithmeticException =>
        restore(before)
        Left(SystemProblem.Failed)

  private def within[R](f: Frame)(body: => R): R =
    frames = f :: frames
    try body
    finally frames = frames.tail

  private def check(owner: Address): Unit =
    val promises = state.promises.getOrElse(owner, Nil).reverse
    for (holds, i) <- promises.zipWithIndex do
      if !holds() then throw new AssertionError(s"invariant ${i + 1} of $owner does not hold")

  private def fieldsOf(c: Contract): Fields =
    c.getClass.getDeclaredFields.toList
      .filter(f => (f.getModifiers & (java.lang.reflect.Modifier.FINAL | java.lang.reflect.Modifier.STATIC)) == 0)
      .map { f =>
        f.setAccessible(true)
        (f, f.get(c))
      }

  private def put(c: Contract, fields: Fields): Unit = for (f, value) <- fields do f.set(c, value)
