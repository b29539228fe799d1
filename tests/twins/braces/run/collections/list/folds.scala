// Folds from both sides, reduce, scan.
@main def run(): Unit = {
  val xs = List(1, 2, 3, 4)
  println(xs.foldLeft(0)(_ - _))
  println(xs.foldRight(0)(_ - _))
  println(xs.foldLeft("")((s, x) => s + x))
  println(xs.foldRight("")((x, s) => s + x))
  println(xs.fold(10)(_ + _))
  println(xs.reduce(_ * _))
  println(xs.reduceLeft(_ - _))
  println(xs.reduceRight(_ - _))
  println(List[Int]().reduceOption(_ + _))
  println(xs.scanLeft(0)(_ + _))
  println(xs.scanRight(0)(_ + _))
  println(xs.scan(1)(_ * _))
  println(xs.sum)
  println(xs.product)
  println(xs.foldLeft(List.empty[Int])((acc, x) => x :: acc))
}
