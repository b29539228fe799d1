// Enum cases as map keys and set elements.
enum Fruit {
  case Apple, Banana, Cherry
}

@main def run(): Unit = {
  import Fruit.*
  var stock = Map(Apple -> 3, Cherry -> 1)
  stock = stock.updated(Banana, 7)
  println(stock)
  println(stock.getOrElse(Apple, 0))
  println(Fruit.values.toSet - Apple)
  println(Fruit.values.filter(stock.contains).toList)
  println(stock.toList.sortBy((f, _) => f.ordinal))
  println(stock.map((f, n) => s"$f=$n").mkString(","))
}
