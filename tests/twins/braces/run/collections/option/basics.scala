// The methods of Option.
@main def run(): Unit = {
  val some: Option[Int] = Some(5)
  val none: Option[Int] = None
  for o <- List(some, none) do {
    println(o.map(_ * 2))
    println(o.flatMap(x => if x > 3 then Some(x) else None))
    println(o.filter(_ > 9))
    println(o.getOrElse(0))
    println(o.orElse(Some(1)))
    println(o.isDefined)
    println(o.isEmpty)
    println(o.nonEmpty)
    println(o.exists(_ > 1))
    println(o.forall(_ > 9))
    println(o.contains(5))
    println(o.fold("none")(x => s"got $x"))
    println(o.toList)
    println(o.toRight("empty"))
    println(o.size)
    o.foreach(x => println(s"each $x"))
  }
}
