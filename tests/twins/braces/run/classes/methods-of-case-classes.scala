// A case class with its own methods, companion and extra constructor.
case class Fraction(numerator: Int, denominator: Int) {
  def +(that: Fraction): Fraction =
    Fraction.reduced(
      numerator * that.denominator + that.numerator * denominator,
      denominator * that.denominator
    )
  def *(that: Fraction): Fraction =
    Fraction.reduced(numerator * that.numerator, denominator * that.denominator)
  override def toString: String = s"$numerator/$denominator"
}

object Fraction {
  private def gcd(a: Int, b: Int): Int = if b == 0 then a.abs else gcd(b, a % b)
  def reduced(n: Int, d: Int): Fraction = {
    val g = gcd(n, d)
    Fraction(n / g, d / g)
  }
}

@main def run(): Unit = {
  println(Fraction(1, 2) + Fraction(1, 3))
  println(Fraction(2, 3) * Fraction(3, 4))
  println(List(Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)).reduce(_ + _))
  println(Fraction.reduced(6, 8) == Fraction(3, 4))
}
