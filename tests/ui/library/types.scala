// Values of these types do not pass from module to module.
package rates

import fvm.*
import scala.collection.mutable

object Interest:
  def array(amounts: Array[Int]): Int = amounts.sum //~ E0911
  def any(amount: Any): Int = 0 //~ E0911
  def function(f: Int => Int): Int = f(1) //~ E0911
  def list(n: Int): List[Int] = List(n) //~ E0911
  def float(n: Float): Double = n.toDouble //~ E0911
  def address(who: Address): Boolean = true //~ E0911
  val buffer = mutable.ArrayBuffer(1) //~ E0911
  def plain(a: Amount, b: UInt128, c: Int128, d: Bytes, e: String, f: Char): Unit = ()
