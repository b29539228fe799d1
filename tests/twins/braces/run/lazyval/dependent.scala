// Lazy values that use one another, whatever their order.
class Plan {
  lazy val total: Int = { print("total "); first + second }
  lazy val first: Int = { print("first "); 10 }
  lazy val second: Int = { print("second "); first * 2 }
}

@main def run(): Unit = {
  val p = Plan()
  println(p.second)
  println(p.total)
  println(p.total)
  val q = Plan()
  println(q.total)
}
