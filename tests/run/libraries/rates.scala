// A library with everything that passes the border, and a program that uses all of it. The file is also cut at
// its marks, compiled in parts, and linked.

//> library rates
package rates:
  private case class Rate(percent: Int, name: String):
    def of(amount: Long): Long = amount * percent / 100

  private val all = List(Rate(2, "low"), Rate(5, "middle"), Rate(11, "high"))

  def highest: Int = all.map(_.percent).max

  def scaled(base: Int)(times: Int, plus: Int): Int = base * times + plus

  object Interest:
    val base: Int = all.head.percent
    lazy val names: String = all.map(_.name).mkString("/")
    final val Label = "rates"

    private def find(percent: Int): Option[Rate] = all.find(_.percent == percent)

    def yearly(amount: Long, percent: Int): Long =
      find(percent).fold(0L)(_.of(amount))

    def yearly(amount: Int): Int = amount * base / 100

    def compound(amount: Double, percent: Double, years: Int): Double =
      var sum = amount
      for _ <- 1 to years do sum = sum * (1 + percent / 100)
      sum

    def name(percent: Int): String = find(percent).map(_.name).getOrElse("none")

    def describe(): Unit = ()

    object Check:
      def isKnown(percent: Int): Boolean = find(percent).isDefined
      def grade(letter: Char, step: Short): Char = (letter + step).toChar
      def low(value: Byte): Byte = (value >> 1).toByte

    def `+`(percent: Int): Int = base + percent

//> program
import rates.*
import rates.Interest.{Check, yearly}

object Interest2:
  val label: String = Interest.Label + "!"

@main def run(): Unit =
  println(highest)
  println(scaled(3)(times = 4, plus = 5))
  println(Interest.base)
  println(Interest.names + " " + Interest.names)
  println(Interest2.label)
  println(Interest.yearly(1000L, 5))
  println(yearly(1000L, 7))
  println(yearly(250))
  println(Interest.compound(100.0, 10.0, 3))
  println(Interest.name(11) + Interest.name(12))
  println(List(2, 3, 5).map(Interest.name))
  println(List(2, 3, 5).filter(Check.isKnown))
  println(Check.grade('a', 3))
  println(Check.low(-7))
  println(Interest.describe())
  println(Interest + 40)
  val later = () => Interest.base
  println(later() + 1)
  println((1 to 4).map(n => scaled(n)(n, n)).sum)
  println(s"${Interest.name(2)} ${Interest.name(2) == "low"} ${Interest.name(2).length}")
