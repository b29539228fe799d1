/** Mixing of hashes. They are visible in the iteration order of maps and sets, so they are exactly Scala's: the public
  * 32-bit Murmur3 mix over the hashes of the elements.
  */
package scala.util.hashing

import fvm.internal.AnyOps
import scala.collection.IterableOnce

object MurmurHash3 {
  final val productSeed: Int = 0xcafebabe
  final val seqSeed: Int = "Seq".hashCode
  final val mapSeed: Int = "Map".hashCode
  final val setSeed: Int = "Set".hashCode

  /** Mixes one more hash in. */
  def mix(hash: Int, data: Int): Int = {
    val h = mixLast(hash, data)
    ((h << 13) | (h >>> 19)) * 5 + 0xe6546b64
  }

  /** Mixes the last hash in, without the final rotation. */
  def mixLast(hash: Int, data: Int): Int = {
    val k = data * 0xcc9e2d51
    hash ^ (((k << 15) | (k >>> 17)) * 0x1b873593)
  }

  def finalizeHash(hash: Int, length: Int): Int = avalanche(hash ^ length)

  /** Spreads every bit over the whole word. */
  def avalanche(hash: Int): Int = {
    var h = hash
    h = (h ^ (h >>> 16)) * 0x85ebca6b
    h = (h ^ (h >>> 13)) * 0xc2b2ae35
    h ^ (h >>> 16)
  }

  /** The hash of a pair, from the hashes of its parts. */
  def tuple2Hash(a: Int, b: Int): Int =
    finalizeHash(mix(mix(mix(productSeed, tuple2Name), a), b), 2)

  private final val tuple2Name: Int = "Tuple2".hashCode

  /** The hash of a sequence. Elements whose hashes are in arithmetic progression hash as the range they look like. */
  def seqHash(elements: IterableOnce[Any]): Int = {
    val it = elements.iterator
    if (!it.hasNext) finalizeHash(seqSeed, 0)
    else {
      val first = AnyOps.hash(it.next())
      var h = mix(seqSeed, first)
      if (!it.hasNext) finalizeHash(h, 1)
      else {
        val afterFirst = h
        var last = AnyOps.hash(it.next())
        val step = last - first
        var n = 2
        var isRange = true
        while (it.hasNext) {
          h = mix(h, last)
          val next = AnyOps.hash(it.next())
          if (step != next - last || step == 0) isRange = false
          last = next
          n += 1
        }
        if (isRange) avalanche(mix(mix(afterFirst, step), last)) else finalizeHash(mix(h, last), n)
      }
    }
  }

  /** The hash of the range with these bounds. */
  def rangeHash(start: Int, step: Int, last: Int): Int = avalanche(mix(mix(mix(seqSeed, start), step), last))

  def setHash(elements: IterableOnce[Any]): Int = unorderedHash(elements, setSeed)

  /** The hash of a map, from its pairs. */
  def mapHash(entries: IterableOnce[Any]): Int = unorderedHash(entries, mapSeed)

  private def unorderedHash(elements: IterableOnce[Any], seed: Int): Int = {
    var sum = 0
    var xor = 0
    var product = 1
    var n = 0
    val it = elements.iterator
    while (it.hasNext) {
      val h = AnyOps.hash(it.next())
      sum += h
      xor = xor ^ h
      product = product * (h | 1)
      n += 1
    }
    finalizeHash(mixLast(mix(mix(seed, sum), xor), product), n)
  }
}
