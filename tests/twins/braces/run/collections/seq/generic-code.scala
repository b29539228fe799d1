// Seq, IndexedSeq and Iterable as types of parameters and results.
@main def run(): Unit = {
  def total(xs: Iterable[Int]): Int = xs.sum
  def middle(xs: IndexedSeq[Int]): Int = xs(xs.length / 2)
  def ends(xs: Seq[Int]): (Int, Int) = (xs.head, xs.last)
  println(total(List(1, 2)))
  println(total(Set(1, 2, 2)))
  println(total(Map(1 -> 10, 2 -> 20).values))
  println(total(Some(5)))
  println(middle(Vector(1, 2, 3)))
  println(middle(1 to 9))
  println(ends(Vector(4, 5, 6)))
  println(ends(3 to 8))
  val s: Seq[String] = Seq("a", "b")
  println(s :+ "c")
  println("z" +: s)
  println(s ++ Vector("v"))
  println(Seq(1, 2, 3).map(_ * 2))
  println(Seq.fill(2)(0))
  println(Seq.empty[Int])
  println(IndexedSeq(1, 2))
  println(Iterable(1, 2))
}
