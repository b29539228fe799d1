/** Rows of bytes and their hashes. */
package fvm

/** An immutable row of bytes. */
final class Bytes private (private val content: Vector[Byte]):
  def length: Int                           = content.length
  def isEmpty: Boolean                      = content.isEmpty
  def nonEmpty: Boolean                     = content.nonEmpty
  def apply(index: Int): Int                = content(index) & 0xff // 0 to 255
  def slice(from: Int, until: Int): Bytes   = new Bytes(content.slice(from, until))
  def take(n: Int): Bytes                   = new Bytes(content.take(n))
  def drop(n: Int): Bytes                   = new Bytes(content.drop(n))
  def ++(that: Bytes): Bytes                = new Bytes(content ++ that.content)
  def utf8: String                          = new String(content.toArray, "UTF-8")
  override def equals(that: Any): Boolean   = that match
    case other: Bytes => content == other.content
    case _            => false
  override def hashCode: Int    = content.hashCode
  override def toString: String = Bytes.hex(this)

object Bytes:
  val empty: Bytes                      = new Bytes(Vector.empty)
  def apply(values: Int*): Bytes        = new Bytes(values.map(_.toByte).toVector)
  def utf8(text: String): Bytes         = from(text.getBytes("UTF-8"))
  def hex(bytes: Bytes): String         = bytes.content.map(b => (b & 0xff | 0x100).toHexString.drop(1)).mkString
  private[fvm] def from(array: Array[Byte]): Bytes = new Bytes(array.toVector)
  private[fvm] def fromHex(digits: String): Bytes =
    new Bytes(digits.grouped(2).map(d => Integer.parseInt(d, 16).toByte).toVector)

/** 32 bytes that stand for others. */
final class Hash private (val bytes: Bytes):
  override def equals(that: Any): Boolean = that match
    case other: Hash => bytes == other.bytes
    case _           => false
  override def hashCode: Int    = bytes.hashCode
  override def toString: String = "0x" + bytes

object Hash:
  private def array(data: Bytes): Array[Byte] = Array.tabulate(data.length)(i => data(i).toByte)

  def sha256(data: Bytes): Hash =
    new Hash(Bytes.from(java.security.MessageDigest.getInstance("SHA-256").digest(array(data))))
  def keccak256(data: Bytes): Hash = new Hash(Bytes.from(Keccak.hash(array(data))))

  /** Not available on the JVM. */
  def blake3(data: Bytes): Hash = throw new NotImplementedError("BLAKE3 runs on the FVM only")

  def fromBytes(bytes: Bytes): Hash =
    require(bytes.length == 32, s"a hash has 32 bytes, not ${bytes.length}")
    new Hash(bytes)

/** Keccak-256 with the original padding, as addresses' checksums need it. */
private[fvm] object Keccak:
  private val rate = 136

  private val rounds: Array[Long] =
    // The constants of the permutation's last step come from a shift register of eight bits.
    var register = 1
    def bit(): Int =
      val out = register & 1
      register = if (register & 0x80) != 0 then (register << 1) ^ 0x171 else register << 1
      out
    Array.fill(24)((0 to 6).foldLeft(0L)((c, j) => if bit() == 1 then c | 1L << ((1 << j) - 1) else c))

  private def permute(a: Array[Long]): Unit =
    for constant <- rounds do
      val c = Array.tabulate(5)(x => a(x) ^ a(x + 5) ^ a(x + 10) ^ a(x + 15) ^ a(x + 20))
      for x <- 0 to 4; y <- 0 to 4 do
        a(x + 5 * y) ^= c((x + 4) % 5) ^ java.lang.Long.rotateLeft(c((x + 1) % 5), 1)
      var x    = 1
      var y    = 0
      var lane = a(1)
      for t <- 0 to 23 do
        val next = (2 * x + 3 * y) % 5
        x = y
        y = next
        val kept = a(x + 5 * y)
        a(x + 5 * y) = java.lang.Long.rotateLeft(lane, (t + 1) * (t + 2) / 2 % 64)
        lane = kept
      for row <- 0 to 4 do
        val r = Array.tabulate(5)(i => a(i + 5 * row))
        for i <- 0 to 4 do a(i + 5 * row) = r(i) ^ (~r((i + 1) % 5) & r((i + 2) % 5))
      a(0) ^= constant

  def hash(data: Array[Byte]): Array[Byte] =
    val padded = data ++ new Array[Byte](rate - data.length % rate)
    padded(data.length) = 1
    padded(padded.length - 1) = (padded(padded.length - 1) | 0x80).toByte
    val state = new Array[Long](25)
    for block <- padded.grouped(rate) do
      for i <- 0 until rate do state(i / 8) ^= (block(i) & 0xffL) << (8 * (i % 8))
      permute(state)
    Array.tabulate(32)(i => (state(i / 8) >>> (8 * (i % 8))).toByte)

/** Not available on the JVM. */
object Crypto:
  private def onlyThere = throw new NotImplementedError("signatures are checked on the FVM only")

  def verifyEd25519(key: Bytes, message: Bytes, signature: Bytes): Boolean = onlyThere
  def recoverSecp256k1(hash: Hash, signature: Bytes): Option[Address]      = onlyThere
  def addressOfEd25519(key: Bytes): Address                                = onlyThere
  def signer(hash: Hash, signature: Bytes): Option[Address]                = onlyThere
  def statementHash(text: String): Hash                                    = onlyThere
