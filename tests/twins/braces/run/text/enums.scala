// The text of enum cases.
enum Color {
  case Red, Green
}
enum Expr {
  case Num(value: Int)
  case Add(left: Expr, right: Expr)
}
enum Level(val rank: Int) {
  case Low extends Level(1)
  case High extends Level(9)
}

@main def run(): Unit = {
  println(Color.Red)
  println(Color.values.toList)
  println(Expr.Add(Expr.Num(1), Expr.Num(2)))
  println(Level.High)
  println(Level.values.map(_.rank).toList)
  println(Color.Green.ordinal)
  println(Color.valueOf("Red"))
  println(Color.fromOrdinal(1))
}
