// Numbers and Booleans as keys and values of storage: the smallest, the largest, and what is not there.
import fvm.*
import fvm.testing.*

final class Numbers extends Contract:
  private var flag: Boolean = false
  private var tiny: Byte = 0
  private var small: Short = 0
  private var letter: Char = 'a'
  private var number: Int = 0
  private var long: Long = 0L
  private var wide: UInt128 = UInt128.zero
  private var signed: Int128 = Int128.zero
  private var coins: Amount = Amount.zero

  private var flags: Map[Boolean, Byte] = Map.empty
  private var letters: Map[Char, Short] = Map.empty
  private var numbers: Map[Int, Long] = Map.empty
  private var longs: Map[Long, Boolean] = Map.empty
  private var wides: Map[UInt128, Int128] = Map.empty
  private var owned: Map[Address, Amount] = Map.empty
  private var tinies: Set[Byte] = Set.empty

  @entry
  def put(b: Byte, s: Short, c: Char, n: Int, l: Long): Unit can Write =
    flag = !flag
    tiny = b
    small = s
    letter = c
    number = n
    long = l
    signed = Int128(l)
    flags += flag -> b
    letters += c -> s
    numbers += n -> l
    longs += l -> flag
    tinies += b

  @entry
  def putWide(u: UInt128, i: Int128, a: Amount): Unit can Write =
    wide = u
    signed = i
    coins = a
    wides += u -> i
    owned += msg.sender -> (owned.getOrElse(msg.sender, Amount.zero) + a)

  /** Twice, so that the second answer may come from what was written. */
  @entry
  def change(n: Int): (Boolean, Option[Long], Boolean, Option[Long]) can Write =
    numbers += n -> (numbers.getOrElse(n, 5L) + 1L)
    val there = numbers.contains(n)
    val found = numbers.get(n)
    numbers -= n
    (there, found, numbers.contains(n), numbers.get(n))

  @entry
  def missing(n: Int): Long can Read = numbers(n)

  @view
  def scalars: (Boolean, Byte, Short, Char, Int, Long) can Read = (flag, tiny, small, letter, number, long)
  @view
  def wideScalars: (UInt128, Int128, Amount) can Read = (wide, signed, coins)
  @view
  def entries(b: Byte, c: Char, n: Int, l: Long): (Option[Byte], Option[Short], Option[Long], Boolean, Boolean) can Read =
    (flags.get(true), letters.get(c), numbers.get(n), longs.getOrElse(l, false), tinies.contains(b))
  @view
  def wideEntries(u: UInt128, a: Address): (Option[Int128], Amount) can Read =
    (wides.get(u), owned.getOrElse(a, Amount.zero))

final class NumbersSuite extends ContractSuite:
  private val alice = account("alice", 1.fsc)

  test("numbers come back as they were") {
    val contract = deploy(Numbers())
    contract.call(from = alice)(_.put((-128).toByte, (-32768).toShort, '\uffff', Int.MinValue, Long.MinValue))
    assert(contract.query(_.scalars) == (true, (-128).toByte, (-32768).toShort, '\uffff', Int.MinValue, Long.MinValue))
    val (byte, short, long, flag, isIn) =
      contract.query(_.entries((-128).toByte, '\uffff', Int.MinValue, Long.MinValue))
    assert(byte == Some((-128).toByte) && short == Some((-32768).toShort) && long == Some(Long.MinValue))
    assert(flag && isIn)
    assert(contract.query(_.wideScalars)._2 == Int128(Long.MinValue))
  }

  test("what is not there") {
    val contract = deploy(Numbers())
    assert(contract.query(_.scalars) == (false, 0.toByte, 0.toShort, 'a', 0, 0L))
    assert(contract.query(_.entries(1, 'b', 1, 1L)) == (None, None, None, false, false))
    assert(contract.query(_.wideEntries(UInt128.zero, alice)) == (None, Amount.zero))
  }

  test("numbers of 128 bits") {
    val contract = deploy(Numbers())
    val least = Int128(-1L)
    contract.call(from = alice)(_.putWide(UInt128(258L), least, 7.fsc))
    contract.call(from = alice)(_.putWide(UInt128(258L), least, 8.fsc))
    assert(contract.query(_.wideScalars) == (UInt128(258L), least, 8.fsc))
    assert(contract.query(_.wideEntries(UInt128(258L), alice)) == (Some(least), 15.fsc))
  }

  test("an entry that is made and removed") {
    val contract = deploy(Numbers())
    assert(contract.call(from = alice)(_.change(3)) == (true, Some(6L), false, None))
  }
