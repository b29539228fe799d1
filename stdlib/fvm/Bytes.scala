/** `Bytes`: an immutable row of bytes. `length` and indexing take constant time, everything else is linear. */
package fvm

import fvm.internal.{intrinsic, AnyOps}

final class Bytes {
  @intrinsic("bytes.length") def length: Int
  /** The byte at `index`, 0 to 255. */
  @intrinsic("bytes.get") def apply(index: Int): Int
  @intrinsic("bytes.slice") def slice(from: Int, until: Int): Bytes
  @intrinsic("bytes.concat") def ++(that: Bytes): Bytes
  @intrinsic("bytes.eq") def same(that: Bytes): Boolean
  /** Lexicographic, unsigned. */
  @intrinsic("bytes.compare") def compare(that: Bytes): Int
  @intrinsic("bytes.get_i64") def long(at: Int): Long
  @intrinsic("bytes.get_u128") def uint128(at: Int): UInt128
  @intrinsic("bytes.copy_to") def copyTo(array: Array[Byte], at: Int): Unit
  @intrinsic("string.from_utf8") def utf8: String

  def isEmpty: Boolean = length == 0
  def nonEmpty: Boolean = length != 0
  def take(n: Int): Bytes = slice(0, if (n < 0) 0 else if (n > length) length else n)
  def drop(n: Int): Bytes = slice(if (n < 0) 0 else if (n > length) length else n, length)
  override def equals(that: Any): Boolean = that match {
    case other: Bytes => same(other)
    case _ => false
  }
  override def hashCode: Int = {
    var h = 0
    var i = 0
    while (i < length) {
      h = 31 * h + apply(i)
      i += 1
    }
    h
  }
  /** Hexadecimal, two digits a byte. */
  override def toString: String = Bytes.hex(this)
}

object Bytes {
  @intrinsic("bytes.from_array") def fromArray(array: Array[Byte], from: Int, count: Int): Bytes
  @intrinsic("string.to_utf8") def utf8(text: String): Bytes

  val empty: Bytes = fromArray(new Array[Byte](0), 0, 0)

  /** Each value's lowest eight bits. */
  def apply(values: Int*): Bytes = {
    val array = new Array[Byte](values.length)
    var i = 0
    values.foreach[Unit]((value: Int) => {
      array(i) = value.toByte
      i += 1
    })
    fromArray(array, 0, array.length)
  }

  def hex(bytes: Bytes): String = {
    val units = new Array[Char](bytes.length * 2)
    var i = 0
    while (i < bytes.length) {
      units(2 * i) = java.lang.Character.forDigit(bytes(i) >> 4, 16)
      units(2 * i + 1) = java.lang.Character.forDigit(bytes(i) & 15, 16)
      i += 1
    }
    fvm.internal.TextUnits.text(units, 0, units.length)
  }

  /** The bytes that hexadecimal digits spell, from unit `from` on. */
  def fromHex(text: String, from: Int): Bytes = {
    val array = new Array[Byte]((text.length - from) / 2)
    var i = 0
    while (i < array.length) {
      val high = java.lang.Character.digit(text.charAt(from + 2 * i), 16)
      val low = java.lang.Character.digit(text.charAt(from + 2 * i + 1), 16)
      if (high < 0 || low < 0) throw new IllegalArgumentException("not hexadecimal: " + text)
      array(i) = (high * 16 + low).toByte
      i += 1
    }
    fromArray(array, 0, array.length)
  }
}
