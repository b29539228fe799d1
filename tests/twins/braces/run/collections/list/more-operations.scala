// segments, rotations, and other combinations of methods.
@main def run(): Unit = {
  val xs = List(1, 2, 3, 4, 5)
  def rotate[A](xs: List[A], n: Int): List[A] =
    if xs.isEmpty then xs
    else {
      val k = Math.floorMod(n, xs.length)
      xs.drop(k) ++ xs.take(k)
    }
  println(rotate(xs, 2))
  println(rotate(xs, -1))
  println(xs.segmentLength(_ < 4))
  println(xs.indexOfSlice(List(3, 4)))
  println(xs.containsSlice(List(2, 4)))
  println(xs.reverseIterator.toList)
  println(xs.foldLeft(0)((n, d) => n * 10 + d))
  println(xs.zip(xs.drop(1)).forall((a, b) => a < b))
  println(xs.splitAt(2)._2)
  println(xs.partitionMap(n => if n % 2 == 0 then Left(n) else Right(n.toString)))
  println(xs.flatMap(n => Option.when(n > 3)(n * n)))
  println(List(3, 1, 2).sorted.zipWithIndex.toMap)
  println(xs.mkString.toInt)
  println(List(Set(1, 2), Set(2, 3)).reduce(_ & _))
  println(xs.collect { case n if n % 2 == 1 => n }.reverse.headOption)
  println(xs.dropWhile(_ != 3).takeWhile(_ != 5))
  println(List("b", "a").sorted ::: List("c"))
  println(xs.grouped(2).map(_.sum).toList)
  println(xs.minByOption(n => -n))
  println(xs.prependedAll(List(0)).length)
}
