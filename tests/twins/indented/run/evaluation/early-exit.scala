// return from a method, and finding without return.
object Main:
  def firstNegative(xs: List[Int]): Int =
    var rest = xs
    while rest.nonEmpty do
      if rest.head < 0 then return rest.head
      rest = rest.tail
    0

  def classify(n: Int): String =
    if n < 0 then return "negative"
    if n == 0 then return "zero"
    val kind = if n % 2 == 0 then "even" else "odd"
    s"positive $kind"

  def main(args: Array[String]): Unit =
    println(firstNegative(List(3, -1, -2)))
    println(firstNegative(Nil))
    println(List(-5, 0, 7).map(classify))
