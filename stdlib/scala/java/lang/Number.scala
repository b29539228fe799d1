/** `Number`: numbers that are objects, such as `BigInt`. */
package java.lang

abstract class Number {
  def intValue: scala.Int
  def longValue: scala.Long
  def doubleValue: scala.Double
}
