// TreeSet and SortedSet, immutable and mutable, and bit sets.
import scala.collection.immutable.{BitSet, SortedSet, TreeSet}
import scala.collection.mutable

def attempt(x: => Any): Unit =
  try println(x) catch case e: Exception => println(e)

@main def sortedSets(): Unit = {
  val s = TreeSet(5, 1, 3, 4, 2, 3)
  val none = TreeSet.empty[Int]
  println((s, none, s.size, none.isEmpty, s(3), s.contains(9), s.apply(9)))
  attempt(none.head)
  attempt(none.last)
  attempt(none.tail)
  attempt(none.init)
  attempt(none.max)
  println((s.head, s.last, s.firstKey, s.lastKey, s.headOption, none.lastOption, s.min, s.max, s.sum, s.product))
  println((s.tail, s.init, s.take(2), s.drop(2), s.takeRight(2), s.dropRight(2), s.slice(1, 3), s.splitAt(2), s.take(-1), s.drop(99)))
  println((s.range(2, 4), s.rangeFrom(3), s.rangeUntil(3), s.rangeTo(3), s.range(4, 2), s.minAfter(3), s.maxBefore(3), s.minAfter(6), s.maxBefore(1)))
  println((s.iteratorFrom(4).toList, s.iterator.toList, s + 9, s + 3, s - 3, s - 9, s.incl(0), s.excl(1)))
  println((s ++ List(9, 8), s -- List(1, 2), s | Set(7), s & Set(1, 2, 9), s &~ Set(1), s.union(Set(0)), s.intersect(Set(5)), s.diff(Set(5)), s.concat(List(6))))
  println((s.filter(_ > 2), s.filterNot(_ > 2), s.partition(_ % 2 == 0), s.takeWhile(_ < 3), s.dropWhile(_ < 3), s.span(_ < 3)))
  println((s.map(-_), s.map(_ % 2), s.flatMap(x => List(x, x * 10)), s.collect { case x if x > 3 => x.toString }, s.map(_.toString)))
  println((s.exists(_ > 4), s.forall(_ > 0), s.count(_ > 2), s.find(_ > 2), s.foldLeft(0)(_ * 10 + _), s.reduce(_ - _), s.foldRight(0)(_ - _)))
  println((s.toList, s.toVector, s.toSet, s.toSeq, s.mkString(","), s.zipWithIndex, s.zip(List("a", "b")), s.groupBy(_ % 2).toList.sortBy(_._1)))
  println((s.subsetOf(Set(1, 2, 3, 4, 5, 6)), s == Set(1, 2, 3, 4, 5), s.hashCode == Set(1, 2, 3, 4, 5).hashCode, s == none, s.subsets(4).toList))
  println((s.grouped(2).toList, s.sliding(4).toList, s.scanLeft(0)(_ + _), s.tails.toList.size, s.inits.toList.last))
  println(for x <- s if x % 2 == 1 yield x * x)
  val byLength = TreeSet("pear", "fig", "apple", "kiwi")(using Ordering.by((x: String) => x.length))
  println((byLength, byLength + "date", byLength("xxxx"), byLength.contains("xx"), byLength.head))
  var sorted = SortedSet("b", "a")
  sorted += "c"
  sorted -= "a"
  println((sorted, List(3, 1, 2).to(SortedSet), SortedSet.from(Set(2, 1)), Set(3, 1).to(TreeSet), SortedSet.empty[Int], TreeSet.newBuilder[Int].addOne(2).addOne(1).result()))

  val b = BitSet(70, 3, 1, 200)
  println((b, BitSet.empty, b.size, b(3), b(4), b.contains(-1), b.head, b.last, b.toList, b.min, b.max))
  println((b + 5, b - 70, b ++ List(4, 300), b | BitSet(2), b & BitSet(3, 4), b &~ BitSet(3), b ^ BitSet(3, 9), b -- List(1)))
  println((b.map(_ + 1), b.map(_.toString), b.filter(_ > 3), b.filterNot(_ > 3), b.partition(_ % 2 == 0), b.rangeFrom(70), b.rangeUntil(70), b.range(3, 71)))
  println((b.toBitMask.toList, b.iteratorFrom(4).toList, b == Set(1, 3, 70, 200), b.take(2), b.drop(2), b.tail, b.init, b.foldLeft(0)(_ + _), b.exists(_ > 100)))
  attempt(b + -1)
  attempt(BitSet.empty.head)

  val m = mutable.TreeSet(3, 1, 2)
  m += 7
  println((m, m.add(7), m.add(0), m.remove(1), m.remove(100), m.size, m(3), m))
  m ++= List(9, 8)
  m -= 9
  println((m.head, m.last, m.firstKey, m.lastKey, m.minAfter(4), m.maxBefore(3), m.iteratorFrom(3).toList, m.filter(_ > 2), m.map(_ % 3), m.clone() == m))
  m.filterInPlace(_ % 2 == 1)
  println((m, m | Set(4), m & Set(3), m.toList, mutable.SortedSet("b", "a"), m.max))
  attempt(mutable.TreeSet.empty[Int].head)
  m.clear()
  println((m, m.isEmpty))
  val mb = mutable.BitSet(5, 100)
  mb += 64
  mb -= 5
  println((mb, mb.add(64), mb.add(1), mb.remove(100), mb.size, mb(64), mb.toList, mb.map(_ + 1), mb.filter(_ > 2), mb | Set(7)))
  attempt(mb += -1)
}
