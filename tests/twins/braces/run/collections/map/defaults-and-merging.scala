// updatedWith, default values, merging maps.
@main def run(): Unit = {
  val m = Map("x" -> 1)
  println(m.updatedWith("x")(v => v.map(_ + 1)))
  println(m.updatedWith("y")(v => Some(v.getOrElse(0) + 5)))
  println(m.updatedWith("x")(_ => None))
  val d = m.withDefaultValue(0)
  println(d("nothing"))
  println(d("x"))
  println(d.get("nothing"))
  val a = Map("p" -> 1, "q" -> 2)
  val b = Map("q" -> 3, "r" -> 4)
  val merged = b.foldLeft(a) { case (acc, (k, v)) => acc.updated(k, acc.getOrElse(k, 0) + v) }
  println(merged)
  println(a ++ b)
  println(b ++ a)
  println(a.keySet & b.keySet)
  println(a.getOrElse("z", { println("missing"); -1 }))
  println(a -- List("p", "z"))
}
