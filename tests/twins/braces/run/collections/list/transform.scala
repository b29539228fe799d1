// map, filter, flatMap, collect and their relatives.
@main def run(): Unit = {
  val xs = List(1, 2, 3, 4, 5, 6)
  println(xs.map(_ * 2))
  println(xs.filter(_ % 2 == 0))
  println(xs.filterNot(_ % 2 == 0))
  println(xs.flatMap(x => List.fill(x % 3)(x)))
  println(xs.collect { case x if x > 3 => s"n$x" })
  println(xs.collectFirst { case x if x > 3 => x * 10 })
  println(xs.partition(_ < 3))
  println(xs.reverse)
  println(xs.zip(List("a", "b", "c")))
  println(xs.zipWithIndex.map((x, i) => x * i))
  println(xs.zip(xs.tail).map((a, b) => b - a))
  println(List((1, 'a'), (2, 'b')).unzip)
  println(xs.zipAll(List("p"), 0, "-").take(2))
  println(xs.map(x => (x, x * x)).toMap.size)
  println(xs.tapEach(x => print(x)).size)
}
