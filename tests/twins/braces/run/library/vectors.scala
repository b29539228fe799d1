// Vector: adding and taking at both ends over several levels, against a list; borders and failures.
def attempt(x: => Any): Unit =
  try println(x) catch case e: Exception => println(e)

def check(name: String, v: Vector[Int], expected: Seq[Int]): Unit = {
  val same = v.length == expected.length && v == expected && v.toList == expected.toList && expected.indices.by(7).forall(i => v(i) == expected(i))
  if !same then println(s"$name differs: $v")
}

@main def vectors(): Unit = {
  var v = Vector.empty[Int]
  for i <- 0 until 3000 do v = if i % 3 == 0 then v :+ i else i +: v
  println((v.length, v.head, v.last, v(0), v(1500), v(2999), v.sum, v.take(3), v.takeRight(3), v.indexOf(1), v.reverse.head))
  val expected = v.toList
  for n <- List(-1, 0, 1, 31, 32, 33, 63, 64, 65, 1000, 1023, 1024, 1025, 2047, 2048, 2999, 3000, 3001) do {
    check(s"take $n", v.take(n), expected.take(n))
    check(s"drop $n", v.drop(n), expected.drop(n))
    check(s"takeRight $n", v.takeRight(n), expected.takeRight(n))
    check(s"dropRight $n", v.dropRight(n), expected.dropRight(n))
    check(s"slice $n", v.slice(n, n + 40), expected.slice(n, n + 40))
    check(s"drop and add $n", v.drop(n) :+ -1, expected.drop(n) :+ -1)
    check(s"take and add $n", -1 +: v.take(n) :+ -2, -1 +: expected.take(n) :+ -2)
    if n >= 0 && n < 3000 then check(s"updated $n", v.updated(n, -5), expected.updated(n, -5))
  }
  var front = Vector.empty[Int]
  for i <- 0 until 40000 do front = i +: front
  check("front", front, (0 until 40000).reverse)
  var back = Vector.empty[Int]
  for i <- 0 until 40000 do back = back :+ i
  check("back", back, 0 until 40000)
  var queue = Vector.range(0, 100)
  for i <- 100 until 5000 do queue = queue.tail :+ i
  check("queue", queue, 4900 until 5000)
  var other = Vector.range(0, 100)
  for i <- 1 until 5000 do other = -i +: other.init
  check("other queue", other, -4999 to -4900)
  while queue.nonEmpty do queue = if queue.length % 2 == 0 then queue.init else queue.tail
  println((queue, queue :+ 1, 1 +: queue, queue == Vector()))
  check("joined", Vector.range(0, 50) ++ Vector.range(50, 3000) ++ List(3000, 3001), 0 to 3001)
  check("joined in front", List(-2, -1) ++: Vector.range(0, 3000), -2 until 3000)
  check("joined in front", Vector.range(0, 2000) ++: Vector.range(2000, 3000), 0 until 3000)
  check("mapped", v.map(_ + 1), expected.map(_ + 1))
  check("filtered", v.filter(_ % 7 == 0), expected.filter(_ % 7 == 0))
  check("reversed", v.reverse, expected.reverse)
  check("sorted", v.sorted, expected.sorted)
  println((v.iterator.drop(2990).toList, v.foldLeft(0L)(_ * 31 + _), v.foldRight(0L)(_ + 31 * _), v.reduce(_ ^ _), v.hashCode == expected.hashCode))
  println((Vector(1, 2, 3).padTo(5, 0), Vector(1, 2, 3).patch(1, Vector(9, 9), 1), Vector.fill(2)(7), Vector.tabulate(3)(_ * 2), Vector.fill(2, 2)(0), Vector.iterate(1, 4)(_ * 2), Vector.range(0, 10, 3), Vector.unfold(3)(n => if n > 0 then Some((n, n - 1)) else None), Vector.concat(List(1), Vector(2))))
  attempt(Vector.empty[Int].head)
  attempt(Vector.empty[Int].last)
  attempt(Vector.empty[Int].tail)
  attempt(Vector.empty[Int].init)
  attempt(Vector(1)(1))
  attempt(Vector(1)(-1))
  attempt(Vector.empty[Int](0))
  attempt(Vector(1, 2).updated(2, 0))
}
