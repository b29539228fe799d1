/** Shares and times, and how numbers spell them. Constant time. */
package fvm

/** A share in basis points: 10000 is the whole. */
final case class Ratio(basisPoints: Int) extends Ordered[Ratio] {
  def compare(that: Ratio): Int = basisPoints.compare(that.basisPoints)
}

/** A length of time. */
final case class Duration(seconds: Long) extends Ordered[Duration] {
  def compare(that: Duration): Int = seconds.compare(that.seconds)
}

/** A moment, in seconds since 1970. */
final case class Instant(seconds: Long) extends Ordered[Instant] {
  def compare(that: Instant): Int = seconds.compare(that.seconds)
  def +(by: Duration): Instant = Instant(seconds + by.seconds)
  def -(that: Instant): Duration = Duration(seconds - that.seconds)
}

extension (n: Int) {
  /** Whole coins. */
  def fsc: Amount = Amount.fromLong(n.toLong) * 1000000000000000000L
  def percent: Ratio = Ratio(n * 100)
  def seconds: Duration = Duration(n.toLong)
  def minutes: Duration = Duration(n * 60L)
  def hours: Duration = Duration(n * 3600L)
  def days: Duration = Duration(n * 86400L)
}
