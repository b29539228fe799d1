// Iterator, views, and Ordering with its combinators.
def attempt(x: => Any): Unit =
  try println(x) catch case e: Exception => println(e)

case class Person(name: String, age: Int)

@main def iterators(): Unit = {
  def it = Iterator(5, 3, 8, 1, 3)
  println((it.toList, it.next(), it.hasNext, it.size, it.isEmpty, it.nextOption(), Iterator.empty[Int].nextOption(), it.map(_ + 1).toList, it.flatMap(x => List(x, -x)).toList, it.filter(_ > 3).toList, it.filterNot(_ > 3).toList, it.collect { case x if x > 3 => x * 2 }.toList))
  println((it.take(2).toList, it.drop(2).toList, it.slice(1, 3).toList, it.takeWhile(_ > 2).toList, it.dropWhile(_ > 2).toList, it.zip(Iterator("a", "b")).toList, it.zipWithIndex.toList, it.zipAll(List(1), 0, 9).toList, it.concat(List(7)).toList, (it ++ Iterator(7)).toList, it.distinct.toList, it.distinctBy(_ % 2).toList))
  println((it.foldLeft(0)(_ - _), it.foldRight(0)(_ - _), it.reduce(_ + _), it.sum, it.product, it.max, it.min, it.maxBy(-_), it.count(_ == 3), it.exists(_ > 7), it.forall(_ > 7), it.find(_ < 4), it.indexOf(8), it.indexWhere(_ < 4), it.contains(8), it.mkString(","), it.scanLeft(0)(_ + _).toList))
  println((it.grouped(2).toList, it.sliding(2).toList, it.sliding(2, 2).toList, it.grouped(2).withPartial(false).toList, it.grouped(2).withPadding(0).toList, it.padTo(7, 0).toList, it.patch(1, Iterator(9), 2).toList, it.sameElements(it), it.corresponds(it)(_ == _), it.toString))
  val (a, b) = it.partition(_ > 3)
  val (c, d) = it.span(_ > 3)
  val (e, f) = it.duplicate
  println((a.toList, b.toList, c.toList, d.toList, e.toList, f.toList))
  val buffered = it.buffered
  println((buffered.head, buffered.next(), buffered.head, buffered.headOption, buffered.toList))
  println((Iterator.from(3).take(2).toList, Iterator.from(3, 2).take(2).toList, Iterator.range(1, 4).toList, Iterator.range(1, 9, 3).toList, Iterator.iterate(1)(_ * 2).take(4).toList, Iterator.continually(7).take(2).toList, Iterator.fill(2)(1).toList, Iterator.tabulate(3)(_ * 2).toList, Iterator.unfold(2)(n => if n > 0 then Some((n, n - 1)) else None).toList, Iterator.single(1).toList))
  println((it.toVector, it.toSet, it.toSeq, it.toArray.toList, it.toBuffer, Iterator(1 -> 2).toMap, it.to(List), it.tapEach(print(_)).toList, it.reduceOption(_ max _), it.minOption))
  attempt(Iterator.empty.next())
  attempt(Iterator(1).drop(1).next())
  attempt(Iterator.empty[Int].max)
  val lazily = List(1, 2, 3, 4).view.map { x => print(s"<$x>"); x * 2 }.filter(_ > 2)
  println(lazily.head)
  println((lazily.toList, lazily.take(1).toList, List(1, 2).view, (1 to 5).view.map(_ * 2).drop(1).take(2).toVector, List(3, 1, 2).view.sorted.toList, List(1, 2, 3).view.reverse.toList, List(1, 2).view.zipWithIndex.toList, List(1, 2).view.flatMap(x => List(x, x)).sum, List(1, 2).view.concat(List(3)).toList, Map(1 -> 2).view.mapValues(_ + 1).toMap, Map(1 -> 2, 3 -> 4).view.filterKeys(_ > 1).toMap))
  val people = List(Person("Bob", 30), Person("Al", 25), Person("Cy", 30), Person("Al", 20))
  println(people.sortBy(_.age).map(_.name))
  println(people.sorted(using Ordering.by[Person, Int](_.age).reverse.orElseBy(_.name)).map(p => p.name + p.age))
  println(people.sortBy(p => (p.name, -p.age)).map(p => p.name + p.age))
  println((people.maxBy(_.age), people.minBy(p => (p.age, p.name)), people.max(using Ordering.by(_.name))))
  println((List("b", "A", "c").sorted(using Ordering.String.on[String](_.toLowerCase)), List(3, 1, 2).sorted(using Ordering.Int.reverse), List(1.5, -0.0, 0.0).sorted(using Ordering.Double.TotalOrdering), List(Some(2), None, Some(1)).sorted, List((2, "a"), (1, "b"), (1, "a")).sorted, List('c', 'a').sorted, List(true, false).sorted))
  println((Ordering[Int].compare(1, 2), Ordering[Int].lt(1, 2), Ordering[Int].max(3, 4), Ordering.fromLessThan[Int](_ > _).compare(1, 2), Ordering[String].gteq("b", "a"), Ordering[(Int, Int)].equiv((1, 2), (1, 2)), summon[Numeric[Int]].plus(1, 2), summon[Fractional[Double]].div(1.0, 4.0), summon[Integral[Int]].quot(7, 2)))
  import scala.math.Ordering.Implicits.*
  println(((1, 2) < (1, 3), (2, "b").max((2, "a"))))
  class Version(val major: Int, val minor: Int) extends Ordered[Version] {
    def compare(that: Version): Int = if major != that.major then major - that.major else minor - that.minor
    override def toString = s"$major.$minor"
  }
  println((Version(1, 2) < Version(1, 10), List(Version(2, 0), Version(1, 5)).sorted, List(Version(1, 0), Version(1, 1)).max, Version(1, 1) >= Version(1, 1), Version(1, 0).compareTo(Version(0, 9))))
}
