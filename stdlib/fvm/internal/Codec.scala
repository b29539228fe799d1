/** How values become bytes and come back: big-endian, without gaps, one encoding for each value. Linear in the bytes. */
package fvm.internal

import fvm.{Bytes, UInt128}

object ByteArrays {
  @intrinsic("array.copy") def copy(from: Array[Byte], at: Int, to: Array[Byte], start: Int, n: Int): Unit
  @intrinsic("array.put_i64") def store(array: Array[Byte], at: Int, value: Long): Unit
  @intrinsic("array.put_u128") def storeWide(array: Array[Byte], at: Int, value: UInt128): Unit
}

/** Bytes under construction. */
final class Writer {
  private var array: Array[Byte] = new Array[Byte](64)
  private var count: Int = 0

  private def reserve(n: Int): Unit =
    if (count + n > array.length) {
      val larger = new Array[Byte](if (n > array.length) array.length + n else array.length * 2)
      ByteArrays.copy(array, 0, larger, 0, count)
      array = larger
    }
  /** The low 8 bits. */
  def putByte(value: Int): Unit = {
    reserve(1)
    array(count) = value.toByte
    count += 1
  }
  def putShort(value: Int): Unit = {
    putByte(value >> 8)
    putByte(value)
  }
  def putInt(value: Int): Unit = {
    putShort(value >> 16)
    putShort(value)
  }
  def putLong(value: Long): Unit = {
    reserve(8)
    ByteArrays.store(array, count, value)
    count += 8
  }
  def putUInt128(value: UInt128): Unit = {
    reserve(16)
    ByteArrays.storeWide(array, count, value)
    count += 16
  }
  /** The bytes alone. */
  def putRaw(bytes: Bytes): Unit = {
    reserve(bytes.length)
    bytes.copyTo(array, count)
    count += bytes.length
  }
  /** The length, then the bytes. */
  def putBytes(bytes: Bytes): Unit = {
    putInt(bytes.length)
    putRaw(bytes)
  }
  /** As UTF-8. */
  def putString(text: String): Unit = putBytes(Bytes.utf8(text))
  def result(): Bytes = Bytes.fromArray(array, 0, count)
}

/** Bytes that are read from the front. What does not fit ends the message. */
final class Reader(bytes: Bytes) {
  private var at: Int = 0

  private def need(n: Int): Unit = if (n < 0 || n > bytes.length - at) Malformed.fail()
  /** 0 to 255. */
  def getByte(): Int = {
    need(1)
    at += 1
    bytes(at - 1)
  }
  /** 0 to 65535. */
  def getShort(): Int = {
    val high = getByte()
    high * 256 + getByte()
  }
  def getInt(): Int = {
    val high = getShort()
    (high << 16) | getShort()
  }
  def getLong(): Long = {
    need(8)
    at += 8
    bytes.long(at - 8)
  }
  def getUInt128(): UInt128 = {
    need(16)
    at += 16
    bytes.uint128(at - 16)
  }
  def getRaw(n: Int): Bytes = {
    need(n)
    at += n
    bytes.slice(at - n, at)
  }
  def getBytes(): Bytes = getRaw(getInt())
  def getString(): String = getBytes().utf8
  /** A number of elements; each takes at least one byte unless its type has one value only. */
  def getCount(): Int = {
    val n = getInt()
    if (n < 0) Malformed.fail()
    n
  }
  def position: Int = at
  /** The bytes from a position to here. */
  def since(start: Int): Bytes = bytes.slice(start, at)
  /** Nothing must be left. */
  def finish(): Unit = if (at != bytes.length) Malformed.fail()
}

object Malformed {
  /** The trap for bytes that are no encoding. */
  @intrinsic("compiler.malformed") def fail(): Nothing
}

/** How values of a type are written and read. */
abstract class Codec[T] {
  def encode(value: T, out: Writer): Unit
  def decode(in: Reader): T
}
