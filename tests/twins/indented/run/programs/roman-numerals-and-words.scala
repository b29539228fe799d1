// Numbers as roman numerals and in English words, both ways.
object Roman:
  private val table = List(
    1000 -> "M", 900 -> "CM", 500 -> "D", 400 -> "CD", 100 -> "C", 90 -> "XC",
    50 -> "L", 40 -> "XL", 10 -> "X", 9 -> "IX", 5 -> "V", 4 -> "IV", 1 -> "I"
  )

  def format(n: Int): String =
    require(n > 0 && n < 4000, s"$n is out of range")
    table.foldLeft((n, "")) { case ((left, text), (value, letters)) =>
      (left % value, text + letters * (left / value))
    }._2

  def parse(s: String): Option[Int] =
    val values = Map('I' -> 1, 'V' -> 5, 'X' -> 10, 'L' -> 50, 'C' -> 100, 'D' -> 500, 'M' -> 1000)
    if s.isEmpty || !s.forall(values.contains) then None
    else
      val ns = s.toList.map(values)
      val sum = ns.zip(ns.tail :+ 0).map((a, b) => if a < b then -a else a).sum
      if sum > 0 && sum < 4000 && format(sum) == s then Some(sum) else None

object Words:
  private val small = Vector(
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"
  )
  private val tens = Vector("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
  private val scales = List(1000000000L -> "billion", 1000000L -> "million", 1000L -> "thousand", 100L -> "hundred")

  def say(n: Long): String =
    if n < 0 then "minus " + say(-n)
    else if n < 20 then small(n.toInt)
    else if n < 100 then
      val unit = (n % 10).toInt
      tens((n / 10).toInt) + (if unit == 0 then "" else "-" + small(unit))
    else
      val (scale, name) = scales.find(_._1 <= n).get
      val rest = n % scale
      s"${say(n / scale)} $name" + (if rest == 0 then "" else if rest < 100 then s" and ${say(rest)}" else s" ${say(rest)}")

  def ordinal(n: Int): String =
    val suffix = n % 100 match
      case 11 | 12 | 13 => "th"
      case m => m % 10 match
        case 1 => "st"
        case 2 => "nd"
        case 3 => "rd"
        case _ => "th"
    s"$n$suffix"

object Main:
  def main(args: Array[String]): Unit =
    println(List(1, 4, 9, 14, 40, 90, 400, 1990, 2024, 3999).map(Roman.format))
    println(List("XIV", "MCMXC", "IIII", "VX", "", "ABC", "MMMCMXCIX").map(Roman.parse))
    println((1 until 4000).forall(n => Roman.parse(Roman.format(n)).contains(n)))
    println((1 to 30).map(Roman.format).maxBy(_.length))
    for n <- List(0L, 13L, 20L, 21L, 100L, 115L, 342L, 1000L, 1005L, 12345L, 1000001L, 2147483648L, -17L) do println(s"$n ${Words.say(n)}")
    println(List(1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111).map(Words.ordinal))
    println((1 to 100).map(n => Words.say(n).count(_.isLetter)).sum)
