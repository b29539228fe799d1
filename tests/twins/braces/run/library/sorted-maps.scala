// TreeMap and SortedMap, immutable and mutable: every operation, at its borders too.
import scala.collection.immutable.{SortedMap, TreeMap}
import scala.collection.mutable

def attempt(x: => Any): Unit =
  try println(x) catch case e: Exception => println(e)

@main def sortedMaps(): Unit = {
  val t = TreeMap(5 -> "e", 1 -> "a", 3 -> "c", 4 -> "d", 2 -> "b")
  val none = TreeMap.empty[Int, String]
  println((t, none, t.size, none.isEmpty, t.nonEmpty))
  println((t.get(3), t.get(9), t(1), t.getOrElse(9, "?"), t.contains(2), t.isDefinedAt(7)))
  attempt(t(9))
  attempt(none.head)
  attempt(none.last)
  attempt(none.firstKey)
  attempt(none.tail)
  attempt(none.init)
  println((none.headOption, none.lastOption, none.minAfter(1), none.maxBefore(1)))
  println((t.head, t.last, t.firstKey, t.lastKey, t.headOption, t.lastOption))
  println((t.tail, t.init, t.take(2), t.drop(2), t.takeRight(2), t.dropRight(2), t.slice(1, 3), t.splitAt(2)))
  println((t.take(-1), t.drop(-1), t.take(9), t.drop(9), t.takeRight(-1), t.dropRight(-1), t.slice(-2, 2), t.slice(3, 1)))
  println((t.range(2, 4), t.rangeFrom(3), t.rangeUntil(3), t.rangeTo(3), t.range(4, 2), t.rangeFrom(9), t.rangeUntil(0)))
  println((t.minAfter(3), t.maxBefore(3), t.minAfter(6), t.maxBefore(1)))
  println((t.iteratorFrom(4).toList, t.keysIteratorFrom(2).toList, t.valuesIteratorFrom(5).toList))
  println((t.keys, t.keySet, t.values.toList, t.keysIterator.toList, t.valuesIterator.toList))
  println((t + (0 -> "z"), t + (3 -> "C"), t - 3, t - 9, t.updated(9, "i"), t.removed(1)))
  println((t ++ List(7 -> "g", 6 -> "f"), t -- List(1, 2, 9), t.removedAll(Set(5)), t.concat(none)))
  println((t.updatedWith(3)(_.map(_ + "!")), t.updatedWith(3)(_ => None), t.updatedWith(9)(_ => Some("i")), t.updatedWith(9)(_ => None)))
  println((t.filter(_._1 > 2), t.filterNot(_._1 > 2), t.partition(_._2 < "c"), t.takeWhile(_._1 < 3), t.dropWhile(_._1 < 3), t.span(_._1 < 2)))
  println((t.map((k, v) => (-k, v)), t.map((k, v) => v), t.flatMap((k, v) => List(k -> v, (k + 10) -> v)), t.collect { case (k, v) if k > 3 => (k, v * 2) }))
  println((t.transform((k, v) => v * k), t.foldLeft("")(_ + _._2), t.exists(_._1 == 3), t.forall(_._1 < 3), t.count(_._1 % 2 == 1), t.find(_._1 > 3)))
  println((t.toList, t.toVector, t.toMap, t.toSeq.map(_._2), t.mkString("<", ";", ">"), t.zipWithIndex))
  println((t.groupBy(_._1 % 2).toList.sortBy(_._1), t.maxBy(_._2), t.minBy(_._2), t.max, t.min))
  println((t.withDefaultValue("?")(9), for (k, v) <- t if k > 3 yield (k, v.toUpperCase)))
  println((t == Map(1 -> "a", 2 -> "b", 3 -> "c", 4 -> "d", 5 -> "e"), t.hashCode == Map(t.toSeq*).hashCode, t == none))
  println((t.view.mapValues(_.length).toMap, t.reduce((a, b) => b), t.iterator.next(), t.tapEach(_ => ()).size))
  println(t.foldRight(List.empty[Int])((e, l) => e._1 :: l))
  val reversed = TreeMap(1 -> "a", 2 -> "b", 3 -> "c")(using Ordering[Int].reverse)
  println((reversed, reversed.head, reversed.rangeFrom(2), reversed.maxBefore(2), reversed + (9 -> "i"), reversed.ordering.compare(1, 2)))
  val words = SortedMap("pear" -> 1, "Apple" -> 2, "fig" -> 3)
  var w = words + ("kiwi" -> 4)
  w -= "pear"
  w += ("date" -> 5)
  w ++= List("plum" -> 6)
  println((words, w, w.keys.head, SortedMap.from(List(2 -> 1, 1 -> 2)), SortedMap.empty[String, Int]))
  println((List(3 -> "x", 1 -> "y").to(SortedMap), Map(2 -> 1, 1 -> 1).to(TreeMap), SortedMap.newBuilder[Int, Int].addOne(2 -> 1).addOne(1 -> 3).result()))
  t match {
    case m: SortedMap[Int, String] => println(m.firstKey)
  }
  var big = TreeMap.empty[Int, Int]
  for i <- 0 until 2000 do big = big.updated((i * 7919) % 2003, i)
  for i <- 0 until 2000 by 3 do big -= (i * 7919) % 2003
  println((big.size, big.keysIterator.sliding(2).forall(p => p(0) < p(1)), big.take(5), big.drop(big.size - 3), big.range(100, 110)))

  val m = mutable.TreeMap(3 -> "c", 1 -> "a")
  m += (2 -> "b")
  m(5) = "e"
  println((m, m.put(3, "C"), m.put(9, "i"), m.remove(1), m.remove(100), m.size, m))
  m ++= List(7 -> "g", 6 -> "f")
  m -= 5
  m --= List(6, 100)
  println((m, m.head, m.last, m.firstKey, m.lastKey, m.minAfter(4), m.maxBefore(4), m.iteratorFrom(3).toList, m.keySet, m.keys.toList))
  println((m.getOrElseUpdate(4, "d"), m.getOrElse(1, "?"), m.get(2), m.updateWith(2)(_.map(_ * 2)), m.contains(9), m.clone() == m))
  println((m.filter(_._1 > 3), m.map((k, v) => (-k, v)), m.map(_._2), m.toList, m.foldLeft(0)(_ + _._1), m.values.toList))
  m.filterInPlace((k, v) => k < 7)
  println((m, m.headOption, mutable.TreeMap.empty[Int, Int].headOption))
  attempt(mutable.TreeMap.empty[Int, Int].head)
  attempt(m(100))
  m.clear()
  println((m, m.isEmpty, mutable.SortedMap("b" -> 1, "a" -> 2)))
}
