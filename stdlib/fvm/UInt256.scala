/** `UInt256`: an unsigned integer of 256 bits; leaving its range aborts. Constant time. */
package fvm

final class UInt256 private (val value: BigInt) {
  def +(that: UInt256): UInt256 = UInt256(value + that.value)
  def -(that: UInt256): UInt256 = UInt256(value - that.value)
  def *(that: UInt256): UInt256 = UInt256(value * that.value)
  def /(that: UInt256): UInt256 = UInt256(value / that.value)
  def %(that: UInt256): UInt256 = UInt256(value % that.value)
  def compare(that: UInt256): Int = value.compare(that.value)
  def compareTo(that: UInt256): Int = compare(that)
  def <(that: UInt256): Boolean = compare(that) < 0
  def <=(that: UInt256): Boolean = compare(that) <= 0
  def >(that: UInt256): Boolean = compare(that) > 0
  def >=(that: UInt256): Boolean = compare(that) >= 0
  override def equals(that: Any): Boolean = that match {
    case other: UInt256 => compare(other) == 0
    case _ => false
  }
  override def hashCode: Int = value.hashCode
  override def toString: String = value.toString
}

object UInt256 {
  val zero: UInt256 = new UInt256(BigInt(0))
  def apply(value: Long): UInt256 = apply(BigInt(value))
  def apply(value: BigInt): UInt256 =
    if (value.signum < 0 || value.bitLength > 256) throw new ArithmeticException("out of range")
    else new UInt256(value)

  given ordering: Ordering[UInt256] = new UInt256Ordering()
}

final class UInt256Ordering extends Ordering[UInt256] {
  def compare(x: UInt256, y: UInt256): Int = x.compare(y)
}
