/** What derived `hashCode` methods of case classes call. */
package scala.runtime

import fvm.internal.AnyOps
import scala.util.hashing.MurmurHash3

object Statics {
  def mix(hash: Int, data: Int): Int = MurmurHash3.mix(hash, data)
  def finalizeHash(hash: Int, length: Int): Int = MurmurHash3.finalizeHash(hash, length)
  def anyHash(value: Any): Int = AnyOps.hash(value)

  /** The hash of a case class: its name, then its fields. */
  def caseHash(product: Product): Int = {
    val n = product.productArity
    if (n == 0) product.productPrefix.hashCode
    else {
      var h = mix(MurmurHash3.productSeed, product.productPrefix.hashCode)
      var i = 0
      while (i < n) {
        h = mix(h, AnyOps.hash(product.productElement(i)))
        i += 1
      }
      finalizeHash(h, n)
    }
  }
}
