/** Addresses and hashes. */
package fvm

import fvm.internal.intrinsic

/** An account or a contract: 20 bytes, printed in hexadecimal with the checksum of EIP-55. */
final class Address private (val bytes: Bytes) {
  def text: String = Address.checksummed(bytes)
  override def equals(that: Any): Boolean = that match {
    case other: Address => bytes.same(other.bytes)
    case _ => false
  }
  override def hashCode: Int = bytes.hashCode
  override def toString: String = text
}

object Address {
  final val length: Int = 20

  /** From `0x` and 40 hexadecimal digits; mixed case must have the right checksum. */
  def apply(text: String): Address = {
    if (text.length != 42 || !text.startsWith("0x"))
      throw new IllegalArgumentException("requirement failed: an address is 0x and 40 hexadecimal digits")
    val address = new Address(Bytes.fromHex(text, 2))
    val digits = text.drop(2)
    val isMixed = digits != digits.toLowerCase && digits != digits.toUpperCase
    if (isMixed && address.text != text)
      throw new IllegalArgumentException("requirement failed: wrong checksum in the address " + text)
    address
  }

  /** From its 20 bytes. */
  def fromBytes(bytes: Bytes): Address =
    if (bytes.length == length) new Address(bytes)
    else throw new IllegalArgumentException("requirement failed: an address has 20 bytes, not " + bytes.length)

  given ordering: Ordering[Address] = new AddressOrdering()

  /** EIP-55: a letter is a capital where the digit of the hash of the small digits at its place is 8 or more. */
  private def checksummed(bytes: Bytes): String = {
    val digits = Bytes.hex(bytes)
    val hash = Hash.keccak256(Bytes.utf8(digits))
    val units = new Array[Char](digits.length + 2)
    units(0) = '0'
    units(1) = 'x'
    var i = 0
    while (i < digits.length) {
      val nibble = if (i % 2 == 0) hash.bytes(i / 2) >> 4 else hash.bytes(i / 2) & 15
      units(i + 2) = if (nibble >= 8) digits.charAt(i).toUpper else digits.charAt(i)
      i += 1
    }
    fvm.internal.TextUnits.text(units, 0, units.length)
  }
}

/** Lexicographic. */
final class AddressOrdering extends Ordering[Address] {
  def compare(x: Address, y: Address): Int = x.bytes.compare(y.bytes)
}

/** 32 bytes that stand for others. */
final class Hash private (val bytes: Bytes) {
  override def equals(that: Any): Boolean = that match {
    case other: Hash => bytes.same(other.bytes)
    case _ => false
  }
  override def hashCode: Int = bytes.hashCode
  override def toString: String = "0x" + Bytes.hex(bytes)
}

object Hash {
  @intrinsic("hash.blake3") private def blake3Bytes(data: Bytes): Bytes
  @intrinsic("hash.sha256") private def sha256Bytes(data: Bytes): Bytes
  @intrinsic("hash.keccak256") private def keccak256Bytes(data: Bytes): Bytes

  def blake3(data: Bytes): Hash = new Hash(blake3Bytes(data))
  def sha256(data: Bytes): Hash = new Hash(sha256Bytes(data))
  def keccak256(data: Bytes): Hash = new Hash(keccak256Bytes(data))

  /** From its 32 bytes. */
  def fromBytes(bytes: Bytes): Hash =
    if (bytes.length == 32) new Hash(bytes)
    else throw new IllegalArgumentException("requirement failed: a hash has 32 bytes, not " + bytes.length)
}
