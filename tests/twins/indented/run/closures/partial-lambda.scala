object PartialLambda:
  val byCases: PartialFunction[Int, String] = x => x match { case 1 => "one"; case 2 => "two" }
  val inBlock: PartialFunction[Int, String] = x => { x match { case n if n > 5 => "many" } }
  val total: PartialFunction[Int, Int] = x => x + 1
  val short: PartialFunction[Int, String] = _.toString
  def main(args: Array[String]): Unit =
    println(List(1, 2, 3).map(x => byCases.isDefinedAt(x)))
    println(List(3, 6).map(x => inBlock.isDefinedAt(x)))
    println(List(1, 2, 3).collect(byCases))
    println(total.isDefinedAt(9))
    println(List(1, 2).collect(total))
    println(short.lift(4))
    println(byCases.orElse(inBlock).lift(7))
    println(byCases.orElse(inBlock).lift(3))
