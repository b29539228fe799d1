/** Values of contracts: addresses, coins, ratios, times, checked integers. */
package fvm

/** An account or a contract: 20 bytes, printed in hexadecimal with the checksum of EIP-55. */
final class Address private (val bytes: Bytes):
  def text: String =
    val digits = bytes.toString
    val hash   = Keccak.hash(digits.getBytes("UTF-8"))
    val spelt  = digits.zipWithIndex.map { (c, i) =>
      val nibble = if i % 2 == 0 then hash(i / 2) >> 4 & 15 else hash(i / 2) & 15
      if nibble >= 8 then c.toUpper else c
    }
    "0x" + spelt.mkString
  override def equals(that: Any): Boolean = that match
    case other: Address => bytes == other.bytes
    case _              => false
  override def hashCode: Int    = bytes.hashCode
  override def toString: String = text

object Address:
  /** From `0x` and 40 hexadecimal digits; mixed case must have the right checksum. */
  def apply(text: String): Address =
    require(text.length == 42 && text.startsWith("0x"), "an address is 0x and 40 hexadecimal digits")
    val digits  = text.drop(2)
    val address = new Address(Bytes.fromHex(digits.toLowerCase))
    val isMixed = digits != digits.toLowerCase && digits != digits.toUpperCase
    require(!isMixed || address.text == text, s"wrong checksum in the address $text")
    address

  /** From its 20 bytes. */
  def fromBytes(bytes: Bytes): Address =
    require(bytes.length == 20, s"an address has 20 bytes, not ${bytes.length}")
    new Address(bytes)

  given ordering: Ordering[Address] = Ordering.by(_.bytes.toString)

/** Coins in the smallest unit, 10^-18 of a coin: an unsigned number of 128 bits. Leaving its range aborts. */
final class Amount private (val units: BigInt) extends Ordered[Amount]:
  def min(that: Amount): Amount = if that < this then that else this
  def max(that: Amount): Amount = if this < that then that else this
  def compare(that: Amount): Int          = units.compare(that.units)
  def +(that: Amount): Amount             = Amount(units + that.units)
  def -(that: Amount): Amount             = Amount(units - that.units)
  def *(times: Long): Amount              = Amount(units * times)
  def /(parts: Long): Amount              = Amount(units / parts) // rounds down
  def share(ratio: Ratio): Amount         = Amount(units * ratio.basisPoints / 10000) // rounds down
  def isZero: Boolean                     = units == BigInt(0)
  override def equals(that: Any): Boolean = that match
    case other: Amount => units == other.units
    case _             => false
  override def hashCode: Int    = units.hashCode
  override def toString: String = units.toString

object Amount:
  given ordering: Ordering[Amount] = Ordering.by(_.units)
  val zero: Amount                       = Amount(BigInt(0))
  def apply(units: Long): Amount         = Amount(BigInt(units))
  def apply(units: BigInt): Amount       = new Amount(checked(units, BigInt(0), 128))
  def fromUnits(units: UInt128): Amount  = Amount(units.value)

/** A share in basis points: 10000 is the whole. */
final case class Ratio(basisPoints: Int) extends Ordered[Ratio]:
  def compare(that: Ratio): Int = basisPoints.compare(that.basisPoints)

/** A length of time. */
final case class Duration(seconds: Long) extends Ordered[Duration]:
  def compare(that: Duration): Int = seconds.compare(that.seconds)

/** A moment, in seconds since 1970. */
final case class Instant(seconds: Long) extends Ordered[Instant]:
  def compare(that: Instant): Int  = seconds.compare(that.seconds)
  def +(by: Duration): Instant     = Instant(seconds + by.seconds)
  def -(that: Instant): Duration   = Duration(seconds - that.seconds)

extension (n: Int)
  def fsc: Amount       = Amount(BigInt(n) * BigInt(10).pow(18))
  def percent: Ratio    = Ratio(n * 100)
  def seconds: Duration = Duration(n.toLong)
  def minutes: Duration = Duration(n * 60L)
  def hours: Duration   = Duration(n * 3600L)
  def days: Duration    = Duration(n * 86400L)

/** An unsigned integer of 128 bits; leaving its range aborts. */
final class UInt128 private (val value: BigInt) extends Ordered[UInt128]:
  def min(that: UInt128): UInt128 = if that < this then that else this
  def max(that: UInt128): UInt128 = if this < that then that else this
  def compare(that: UInt128): Int         = value.compare(that.value)
  def +(that: UInt128): UInt128           = UInt128(value + that.value)
  def -(that: UInt128): UInt128           = UInt128(value - that.value)
  def *(that: UInt128): UInt128           = UInt128(value * that.value)
  def /(that: UInt128): UInt128           = UInt128(value / that.value)
  def %(that: UInt128): UInt128           = UInt128(value % that.value)
  def &(that: UInt128): UInt128           = UInt128(value & that.value)
  def |(that: UInt128): UInt128           = UInt128(value | that.value)
  def ^(that: UInt128): UInt128           = UInt128(value ^ that.value)
  def toLong: Long                        = if value.isValidLong then value.toLong else throw new ArithmeticException("out of range")
  def toInt: Int                          = java.lang.Math.toIntExact(toLong)

  /** `this * factor / divisor` with an exact product, rounded down. */
  def timesDivided(factor: UInt128, divisor: UInt128): UInt128 = UInt128(value * factor.value / divisor.value)
  override def equals(that: Any): Boolean = that match
    case other: UInt128 => value == other.value
    case _              => false
  override def hashCode: Int    = value.hashCode
  override def toString: String = value.toString

object UInt128:
  given ordering: Ordering[UInt128] = Ordering.by(_.value)
  val zero: UInt128                 = UInt128(BigInt(0))
  def apply(value: Long): UInt128   = UInt128(BigInt(value))
  def apply(value: BigInt): UInt128 = new UInt128(checked(value, BigInt(0), 128))

/** A signed integer of 128 bits; leaving its range aborts. */
final class Int128 private (val value: BigInt) extends Ordered[Int128]:
  def min(that: Int128): Int128 = if that < this then that else this
  def max(that: Int128): Int128 = if this < that then that else this
  def compare(that: Int128): Int          = value.compare(that.value)
  def +(that: Int128): Int128             = Int128(value + that.value)
  def -(that: Int128): Int128             = Int128(value - that.value)
  def *(that: Int128): Int128             = Int128(value * that.value)
  def /(that: Int128): Int128             = Int128(value / that.value)
  def %(that: Int128): Int128             = Int128(value % that.value)
  def unary_- : Int128                    = Int128(-value)
  def abs: Int128                         = Int128(value.abs)
  def toLong: Long                        = if value.isValidLong then value.toLong else throw new ArithmeticException("out of range")
  def toInt: Int                          = java.lang.Math.toIntExact(toLong)
  override def equals(that: Any): Boolean = that match
    case other: Int128 => value == other.value
    case _             => false
  override def hashCode: Int    = value.hashCode
  override def toString: String = value.toString

object Int128:
  given ordering: Ordering[Int128] = Ordering.by(_.value)
  val zero: Int128                 = Int128(BigInt(0))
  def apply(value: Long): Int128   = Int128(BigInt(value))
  def apply(value: BigInt): Int128 = new Int128(checked(value, -BigInt(2).pow(127), 127))

/** An unsigned integer of 256 bits; leaving its range aborts. */
final class UInt256 private (val value: BigInt) extends Ordered[UInt256]:
  def min(that: UInt256): UInt256 = if that < this then that else this
  def max(that: UInt256): UInt256 = if this < that then that else this
  def compare(that: UInt256): Int         = value.compare(that.value)
  def +(that: UInt256): UInt256           = UInt256(value + that.value)
  def -(that: UInt256): UInt256           = UInt256(value - that.value)
  def *(that: UInt256): UInt256           = UInt256(value * that.value)
  def /(that: UInt256): UInt256           = UInt256(value / that.value)
  def %(that: UInt256): UInt256           = UInt256(value % that.value)
  override def equals(that: Any): Boolean = that match
    case other: UInt256 => value == other.value
    case _              => false
  override def hashCode: Int    = value.hashCode
  override def toString: String = value.toString

object UInt256:
  given ordering: Ordering[UInt256] = Ordering.by(_.value)
  val zero: UInt256                 = UInt256(BigInt(0))
  def apply(value: Long): UInt256   = UInt256(BigInt(value))
  def apply(value: BigInt): UInt256 = new UInt256(checked(value, BigInt(0), 256))

/** `value` if it lies between `low` and 2^`bits` - 1; otherwise an abort. */
private def checked(value: BigInt, low: BigInt, bits: Int): BigInt =
  if value < low || value >= BigInt(2).pow(bits) then throw new ArithmeticException("out of range")
  else value
