// for over a map destructures its pairs.
@main def run(): Unit = {
  val stock = Map("pear" -> 3, "fig" -> 0, "kiwi" -> 12)
  for (name, count) <- stock do println(s"$name: $count")
  val low = for (name, count) <- stock if count < 5 yield name
  println(low)
  val doubled = for (name, count) <- stock yield name -> count * 2
  println(doubled)
  stock.foreach((name, count) => print(s"$name=$count "))
  println()
  stock.foreach { case (name, count) => print(s"$count ") }
  println()
  println(stock.map { case (name, count) => name.length + count }.sum)
}
