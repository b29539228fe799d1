// Arrays of primitive values: length, index, update, loops.
@main def run(): Unit = {
  val a = new Array[Int](5)
  println(a.mkString(","))
  for i <- a.indices do a(i) = i * i
  println(a.mkString(","))
  a(2) += 100
  println(a(2))
  println(a.length)
  println(a.sum)
  val b = Array(3, 1, 2)
  println(b.sorted.mkString(" "))
  println(b.map(_ * 2).toList)
  println(b.contains(3))
  val grid = Array.ofDim[Int](2, 3)
  grid(1)(2) = 7
  println(grid.map(_.mkString(" ")).mkString("/"))
  println(Array(1, 2).sameElements(Array(1, 2)))
  println(Array(1) == Array(1))
  val filled = Array.fill(3)('x')
  filled(1) = 'y'
  println(filled.mkString)
  println(b.reverse.toList)
  val c = b
  c(0) = 9
  println(b(0))
}
