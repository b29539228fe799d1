/** The codecs of types that are no case classes. */
package fvm.internal

import fvm.{Address, Amount, Bytes, Hash, Int128, UInt128, UInt256}
import scala.collection.mutable.{ArrayBuffer, ListBuffer}

object UnitCodec extends Codec[Unit] {
  def encode(value: Unit, out: Writer): Unit = ()
  def decode(in: Reader): Unit = ()
}

object BooleanCodec extends Codec[Boolean] {
  def encode(value: Boolean, out: Writer): Unit = out.putByte(if (value) 1 else 0)
  def decode(in: Reader): Boolean = {
    val byte = in.getByte()
    if (byte > 1) Malformed.fail()
    byte == 1
  }
}

object ByteCodec extends Codec[Byte] {
  def encode(value: Byte, out: Writer): Unit = out.putByte(value.toInt)
  def decode(in: Reader): Byte = in.getByte().toByte
}

object ShortCodec extends Codec[Short] {
  def encode(value: Short, out: Writer): Unit = out.putShort(value.toInt)
  def decode(in: Reader): Short = in.getShort().toShort
}

object CharCodec extends Codec[Char] {
  def encode(value: Char, out: Writer): Unit = out.putShort(value.toInt)
  def decode(in: Reader): Char = in.getShort().toChar
}

object IntCodec extends Codec[Int] {
  def encode(value: Int, out: Writer): Unit = out.putInt(value)
  def decode(in: Reader): Int = in.getInt()
}

object LongCodec extends Codec[Long] {
  def encode(value: Long, out: Writer): Unit = out.putLong(value)
  def decode(in: Reader): Long = in.getLong()
}

object StringCodec extends Codec[String] {
  def encode(value: String, out: Writer): Unit = out.putString(value)
  def decode(in: Reader): String = in.getString()
}

object BytesCodec extends Codec[Bytes] {
  def encode(value: Bytes, out: Writer): Unit = out.putBytes(value)
  def decode(in: Reader): Bytes = in.getBytes()
}

object UInt128Codec extends Codec[UInt128] {
  def encode(value: UInt128, out: Writer): Unit = out.putUInt128(value)
  def decode(in: Reader): UInt128 = in.getUInt128()
}

object AmountCodec extends Codec[Amount] {
  def encode(value: Amount, out: Writer): Unit = out.putUInt128(Wide.ofAmount(value))
  def decode(in: Reader): Amount = Wide.toAmount(in.getUInt128())
}

/** Two's complement in 16 bytes. */
object Int128Codec extends Codec[Int128] {
  def encode(value: Int128, out: Writer): Unit =
    if (value < Int128.zero) {
      val magnitude = Wide.negated(value) - UInt128.fromLong(1L)
      out.putLong(~magnitude.highLong)
      out.putLong(~magnitude.lowLong)
    } else out.putUInt128(Wide.unsigned(value))
  def decode(in: Reader): Int128 = {
    val high = in.getLong()
    val low = in.getLong()
    if (high < 0L) Int128.zero - Wide.signed(Wide.join(~high, ~low)) - Int128.fromLong(1L)
    else Wide.signed(Wide.join(high, low))
  }
}

/** 32 bytes. */
object UInt256Codec extends Codec[UInt256] {
  def encode(value: UInt256, out: Writer): Unit = {
    out.putLong(value.highWord.highLong)
    out.putLong(value.highWord.lowLong)
    out.putLong(value.lowWord.highLong)
    out.putLong(value.lowWord.lowLong)
  }
  def decode(in: Reader): UInt256 = {
    val high = in.getUInt128()
    UInt256.of(high, in.getUInt128())
  }
}

/** What is nothing but its bytes has `raw` and `ofRaw`: alone it is encoded without a writer. */
object AddressCodec extends Codec[Address] {
  def raw(value: Address): Bytes = value.bytes
  def ofRaw(bytes: Bytes): Address = {
    if (bytes.length != 20) Malformed.fail()
    Address.fromBytes(bytes)
  }
  def encode(value: Address, out: Writer): Unit = out.putRaw(value.bytes)
  def decode(in: Reader): Address = Address.fromBytes(in.getRaw(20))
}

object HashCodec extends Codec[Hash] {
  def raw(value: Hash): Bytes = value.bytes
  def ofRaw(bytes: Bytes): Hash = {
    if (bytes.length != 32) Malformed.fail()
    Hash.fromBytes(bytes)
  }
  def encode(value: Hash, out: Writer): Unit = out.putRaw(value.bytes)
  def decode(in: Reader): Hash = Hash.fromBytes(in.getRaw(32))
}

/** Sign (0, 1 or 255), then the magnitude's bytes with their number, the highest first and not zero. */
object BigIntCodec extends Codec[BigInt] {
  def encode(value: BigInt, out: Writer): Unit = {
    out.putByte(value.signum)
    val magnitude = value.abs
    var n = (magnitude.bitLength + 7) / 8
    out.putInt(n)
    while (n > 0) {
      n -= 1
      out.putByte((magnitude >> (n * 8)).toInt)
    }
  }
  def decode(in: Reader): BigInt = {
    val sign = in.getByte()
    val bytes = in.getBytes()
    var result = BigInt(0)
    var i = 0
    while (i < bytes.length) {
      result = (result << 8) + BigInt(bytes(i))
      i += 1
    }
    val isCanonical = if (bytes.isEmpty) sign == 0 else bytes(0) != 0 && (sign == 1 || sign == 255)
    if (!isCanonical) Malformed.fail()
    if (sign == 255) -result else result
  }
}

final class OptionCodec[A](element: Codec[A]) extends Codec[Option[A]] {
  def encode(value: Option[A], out: Writer): Unit = value match {
    case Some(x) =>
      out.putByte(1)
      element.encode(x, out)
    case None => out.putByte(0)
  }
  def decode(in: Reader): Option[A] =
    if (BooleanCodec.decode(in)) Some[A](element.decode(in)) else None
}

final class EitherCodec[A, B](left: Codec[A], right: Codec[B]) extends Codec[Either[A, B]] {
  def encode(value: Either[A, B], out: Writer): Unit = value match {
    case Left(a) =>
      out.putByte(0)
      left.encode(a, out)
    case Right(b) =>
      out.putByte(1)
      right.encode(b, out)
  }
  def decode(in: Reader): Either[A, B] =
    if (BooleanCodec.decode(in)) Right[A, B](right.decode(in)) else Left[A, B](left.decode(in))
}

/** Sequences: the number of elements, then the elements. */
object Elements {
  def encode[A](elements: scala.collection.Iterable[A], codec: Codec[A], out: Writer): Unit = {
    out.putInt(elements.size)
    val it = elements.iterator
    while (it.hasNext) codec.encode(it.next(), out)
  }
  def decode[A](codec: Codec[A], in: Reader): ListBuffer[A] = {
    val result = new ListBuffer[A]()
    var n = in.getCount()
    while (n > 0) {
      result.addOne(codec.decode(in))
      n -= 1
    }
    result
  }
}

final class ListCodec[A](element: Codec[A]) extends Codec[List[A]] {
  def encode(value: List[A], out: Writer): Unit = Elements.encode[A](value, element, out)
  def decode(in: Reader): List[A] = Elements.decode[A](element, in).toList
}

final class SeqCodec[A](element: Codec[A]) extends Codec[Seq[A]] {
  def encode(value: Seq[A], out: Writer): Unit = Elements.encode[A](value, element, out)
  def decode(in: Reader): Seq[A] = Elements.decode[A](element, in).toList
}

final class VectorCodec[A](element: Codec[A]) extends Codec[Vector[A]] {
  def encode(value: Vector[A], out: Writer): Unit = Elements.encode[A](value, element, out)
  def decode(in: Reader): Vector[A] = Elements.decode[A](element, in).toVector
}

/** Sets and maps: the number of entries, then the entries in the order of their encoded keys. */
object Sorted {
  /** Parts as bytes, in ascending order. */
  def write(parts: ArrayBuffer[Bytes], out: Writer): Unit = {
    out.putInt(parts.length)
    parts.sorted[Bytes](using BytesOrdering).foreach[Unit]((part: Bytes) => out.putRaw(part))
  }
  /** Fails unless `next` comes after `last` (null before the first). */
  def check(last: Bytes, next: Bytes): Unit =
    if (!AnyOps.isNull(last) && last.compare(next) >= 0) Malformed.fail()
}

object BytesOrdering extends Ordering[Bytes] {
  def compare(x: Bytes, y: Bytes): Int = x.compare(y)
}

final class SetCodec[A](element: Codec[A]) extends Codec[Set[A]] {
  def encode(value: Set[A], out: Writer): Unit = {
    val parts = new ArrayBuffer[Bytes]()
    val it = value.iterator
    while (it.hasNext) {
      val part = new Writer()
      element.encode(it.next(), part)
      parts.addOne(part.result())
    }
    Sorted.write(parts, out)
  }
  def decode(in: Reader): Set[A] = {
    var result = Set.empty[A]
    var last: Bytes = null
    var n = in.getCount()
    while (n > 0) {
      val start = in.position
      result = result.incl(element.decode(in))
      val next = in.since(start)
      Sorted.check(last, next)
      last = next
      n -= 1
    }
    result
  }
}

final class MapCodec[K, V](key: Codec[K], value: Codec[V]) extends Codec[Map[K, V]] {
  def encode(map: Map[K, V], out: Writer): Unit = {
    val parts = new ArrayBuffer[(Bytes, V)]()
    val it = map.iterator
    while (it.hasNext) {
      val entry = it.next()
      val part = new Writer()
      key.encode(entry._1, part)
      parts.addOne((part.result(), entry._2))
    }
    out.putInt(parts.length)
    parts.sortBy[Bytes]((part: (Bytes, V)) => part._1)(using BytesOrdering).foreach[Unit]((part: (Bytes, V)) => {
      out.putRaw(part._1)
      value.encode(part._2, out)
    })
  }
  def decode(in: Reader): Map[K, V] = {
    var result = Map.empty[K, V]
    var last: Bytes = null
    var n = in.getCount()
    while (n > 0) {
      val start = in.position
      val k = key.decode(in)
      val next = in.since(start)
      Sorted.check(last, next)
      last = next
      result = result.updated[V](k, value.decode(in))
      n -= 1
    }
    result
  }
}
