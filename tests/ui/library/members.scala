// What a library shows to others is methods and values of objects; anything else must be private.
package rates

case class Rate(percent: Int) //~ E0910

enum Kind: //~ E0910
  case Low, High

trait Shape //~ E0910

type Percent = Int //~ E0910

private class Hidden(val percent: Int)

private[rates] trait Inside

case object Zero //~ E0910

object Named extends Inside //~ E0910

given Ordering[Hidden] = Ordering.by(_.percent) //~ E0910

extension (n: Int) def percent: Int = n //~ E0910

object Interest:
  type Part = Int //~ E0910
  class Inner //~ E0910
  def same[A](a: A): A = a //~ E0910
  def later(n: => Int): Int = n //~ E0910
  def many(n: Int*): Int = n.sum //~ E0910
  def using_(n: Int)(using Ordering[Hidden]): Int = n //~ E0910
  inline def fast(n: Int): Int = n //~ E0910
  override def toString: String = "interest" //~ E0910
  private def hidden[A](a: A): A = a
  private[rates] def inside(hidden: Hidden): Int = hidden.percent
  def yearly(amount: Int, percent: Int): Int = amount * percent / 100
  val base: Int = 2

  private object Secret:
    def anything(hidden: Hidden): Hidden = hidden

@main def run(): Unit = () //~ E0910
