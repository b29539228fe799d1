/** The strict collection operations, once for all kinds of collections: each takes the elements from one collection and
  * gives them to a builder, which decides the kind of the result. All are linear unless said otherwise.
  */
package fvm.internal

import scala.collection.{Iterable, IterableOnce, Iterator}
import scala.collection.immutable.{HashMap, List, Map}
import scala.collection.mutable.{Builder, HashMap as MutableHashMap, HashSet as MutableHashSet}

object Collect {
  // ── one element after the other ──
  def map[A, B, C](from: IterableOnce[A], f: A => B, to: Builder[B, C]): C = {
    val it = from.iterator
    while (it.hasNext) to.addOne(f(it.next()))
    to.result()
  }

  def flatMap[A, B, C](from: IterableOnce[A], f: A => IterableOnce[B], to: Builder[B, C]): C = {
    val it = from.iterator
    while (it.hasNext) to.addAll(f(it.next()))
    to.result()
  }

  def collect[A, B, C](from: IterableOnce[A], f: PartialFunction[A, B], to: Builder[B, C]): C = {
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      val result = f.applyOrElse[A, Any](x, Fallback.function)
      if (!Fallback.isMissing(result)) to.addOne(result.asInstanceOf[B])
    }
    to.result()
  }

  def filter[A, C](from: IterableOnce[A], p: A => Boolean, wanted: Boolean, to: Builder[A, C]): C = {
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      if (p(x) == wanted) to.addOne(x)
    }
    to.result()
  }

  def partition[A, C](from: IterableOnce[A], p: A => Boolean, yes: Builder[A, C], no: Builder[A, C]): (C, C) = {
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      if (p(x)) yes.addOne(x) else no.addOne(x)
    }
    (yes.result(), no.result())
  }

  def partitionMap[A, A1, A2, C1, C2](
      from: IterableOnce[A],
      f: A => Either[A1, A2],
      left: Builder[A1, C1],
      right: Builder[A2, C2]
  ): (C1, C2) = {
    val it = from.iterator
    while (it.hasNext)
      f(it.next()) match {
        case Left(x) => left.addOne(x)
        case Right(x) => right.addOne(x)
      }
    (left.result(), right.result())
  }

  def tapEach[A, C](from: IterableOnce[A], f: A => Any, to: Builder[A, C]): C = {
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      f(x)
      to.addOne(x)
    }
    to.result()
  }

  // ── joining ──
  def concat[A, C](first: IterableOnce[A], second: IterableOnce[A], to: Builder[A, C]): C = {
    to.addAll(first)
    to.addAll(second)
    to.result()
  }

  def appended[A, C](from: IterableOnce[A], x: A, to: Builder[A, C]): C = {
    to.addAll(from)
    to.addOne(x)
    to.result()
  }

  def prepended[A, C](x: A, from: IterableOnce[A], to: Builder[A, C]): C = {
    to.addOne(x)
    to.addAll(from)
    to.result()
  }

  def padTo[A, C](from: IterableOnce[A], length: Int, x: A, to: Builder[A, C]): C = {
    val it = from.iterator
    var n = 0
    while (it.hasNext) {
      to.addOne(it.next())
      n += 1
    }
    while (n < length) {
      to.addOne(x)
      n += 1
    }
    to.result()
  }

  def updated[A, C](from: IterableOnce[A], index: Int, x: A, to: Builder[A, C]): C = {
    val it = from.iterator
    var i = 0
    while (it.hasNext) {
      val old = it.next()
      to.addOne(if (i == index) x else old)
      i += 1
    }
    if (index < 0 || index >= i)
      throw new IndexOutOfBoundsException(index.toString + " is out of bounds (min 0, max " + (i - 1) + ")")
    to.result()
  }

  def patch[A, C](from: IterableOnce[A], start: Int, other: IterableOnce[A], replaced: Int, to: Builder[A, C]): C = {
    val it = from.iterator
    var i = 0
    while (i < start && it.hasNext) {
      to.addOne(it.next())
      i += 1
    }
    to.addAll(other)
    i = 0
    while (i < replaced && it.hasNext) {
      it.next()
      i += 1
    }
    while (it.hasNext) to.addOne(it.next())
    to.result()
  }

  // ── parts ──
  /** Elements `start` until `end`; bounds outside are clamped. */
  def slice[A, C](from: IterableOnce[A], start: Int, end: Int, to: Builder[A, C]): C = {
    if (end > start) {
      val it = from.iterator
      var i = 0
      while (i < start && it.hasNext) {
        it.next()
        i += 1
      }
      while (i < end && it.hasNext) {
        to.addOne(it.next())
        i += 1
      }
    }
    to.result()
  }

  def takeRight[A, C](from: Iterable[A], n: Int, to: Builder[A, C]): C =
    if (n <= 0) to.result() else slice[A, C](from, from.size - n, Int.MaxValue, to)

  def dropRight[A, C](from: Iterable[A], n: Int, to: Builder[A, C]): C =
    slice[A, C](from, 0, if (n <= 0) Int.MaxValue else from.size - n, to)

  def takeWhile[A, C](from: IterableOnce[A], p: A => Boolean, to: Builder[A, C]): C = {
    val it = from.iterator
    var goesOn = true
    while (goesOn && it.hasNext) {
      val x = it.next()
      if (p(x)) to.addOne(x) else goesOn = false
    }
    to.result()
  }

  def dropWhile[A, C](from: IterableOnce[A], p: A => Boolean, to: Builder[A, C]): C = {
    val it = from.iterator
    var isDropping = true
    while (it.hasNext) {
      val x = it.next()
      if (isDropping && !p(x)) isDropping = false
      if (!isDropping) to.addOne(x)
    }
    to.result()
  }

  def span[A, C](from: IterableOnce[A], p: A => Boolean, before: Builder[A, C], after: Builder[A, C]): (C, C) = {
    val it = from.iterator
    var isBefore = true
    while (it.hasNext) {
      val x = it.next()
      if (isBefore && !p(x)) isBefore = false
      if (isBefore) before.addOne(x) else after.addOne(x)
    }
    (before.result(), after.result())
  }

  def splitAt[A, C](from: IterableOnce[A], n: Int, before: Builder[A, C], after: Builder[A, C]): (C, C) = {
    val it = from.iterator
    var i = 0
    while (it.hasNext) {
      if (i < n) before.addOne(it.next()) else after.addOne(it.next())
      i += 1
    }
    (before.result(), after.result())
  }

  def tail[A, C](from: Iterable[A], name: String, to: Builder[A, C]): C =
    if (from.isEmpty) throw new UnsupportedOperationException(name) else slice[A, C](from, 1, Int.MaxValue, to)

  def init[A, C](from: Iterable[A], name: String, to: Builder[A, C]): C =
    if (from.isEmpty) throw new UnsupportedOperationException(name) else dropRight[A, C](from, 1, to)

  // ── pairs ──
  def zip[A, B, C](from: IterableOnce[A], that: IterableOnce[B], to: Builder[(A, B), C]): C = {
    val a = from.iterator
    val b = that.iterator
    while (a.hasNext && b.hasNext) to.addOne((a.next(), b.next()))
    to.result()
  }

  def zipAll[A, B, C](from: IterableOnce[A], that: IterableOnce[B], x: A, y: B, to: Builder[(A, B), C]): C = {
    val a = from.iterator
    val b = that.iterator
    while (a.hasNext || b.hasNext) to.addOne((if (a.hasNext) a.next() else x, if (b.hasNext) b.next() else y))
    to.result()
  }

  def zipWithIndex[A, C](from: IterableOnce[A], to: Builder[(A, Int), C]): C = {
    val it = from.iterator
    var i = 0
    while (it.hasNext) {
      to.addOne((it.next(), i))
      i += 1
    }
    to.result()
  }

  def unzip[A, A1, A2, C1, C2](
      from: IterableOnce[A],
      ev: A => (A1, A2),
      first: Builder[A1, C1],
      second: Builder[A2, C2]
  ): (C1, C2) = {
    val it = from.iterator
    while (it.hasNext) {
      val pair = ev(it.next())
      first.addOne(pair._1)
      second.addOne(pair._2)
    }
    (first.result(), second.result())
  }

  def unzip3[A, A1, A2, A3, C1, C2, C3](
      from: IterableOnce[A],
      ev: A => (A1, A2, A3),
      first: Builder[A1, C1],
      second: Builder[A2, C2],
      third: Builder[A3, C3]
  ): (C1, C2, C3) = {
    val it = from.iterator
    while (it.hasNext) {
      val triple = ev(it.next())
      first.addOne(triple._1)
      second.addOne(triple._2)
      third.addOne(triple._3)
    }
    (first.result(), second.result(), third.result())
  }

  // ── running results ──
  def scanLeft[A, B, C](from: IterableOnce[A], zero: B, f: (B, A) => B, to: Builder[B, C]): C = {
    val it = from.iterator
    var result = zero
    to.addOne(result)
    while (it.hasNext) {
      result = f(result, it.next())
      to.addOne(result)
    }
    to.result()
  }

  def scanRight[A, B, C](from: IterableOnce[A], zero: B, f: (A, B) => B, to: Builder[B, C]): C = {
    val slots = Sorting.elements[A](from)
    var results: List[B] = List.empty[B]
    var result = zero
    results = new scala.collection.immutable.::[B](result, results)
    var i = slots.length - 1
    while (i >= 0) {
      result = f(slots(i).asInstanceOf[A], result)
      results = new scala.collection.immutable.::[B](result, results)
      i -= 1
    }
    to.addAll(results)
    to.result()
  }

  // ── order ──
  def reverse[A, C](from: IterableOnce[A], to: Builder[A, C]): C = {
    val slots = Sorting.elements[A](from)
    var i = slots.length - 1
    while (i >= 0) {
      to.addOne(slots(i).asInstanceOf[A])
      i -= 1
    }
    to.result()
  }

  /** O(n log n); equal elements keep their order. */
  def sorted[A, B >: A, C](from: IterableOnce[A], ordering: Ordering[B], to: Builder[A, C]): C = {
    val slots = Sorting.elements[A](from)
    Sorting.sort[B](slots, ordering)
    addSlots[A](slots, to)
    to.result()
  }

  private def addSlots[A](slots: Array[Any], to: Builder[A, Any]): Unit = {
    var i = 0
    while (i < slots.length) {
      to.addOne(slots(i).asInstanceOf[A])
      i += 1
    }
  }

  // ── as multisets; expected linear ──
  def distinctBy[A, B, C](from: IterableOnce[A], f: A => B, to: Builder[A, C]): C = {
    val seen = new MutableHashSet[B]()
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      if (seen.add(f(x))) to.addOne(x)
    }
    to.result()
  }

  def diff[A, B >: A, C](from: IterableOnce[A], that: IterableOnce[B], to: Builder[A, C]): C = {
    val counts = occurrences[B](that)
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      if (!takeOne[B](counts, x)) to.addOne(x)
    }
    to.result()
  }

  def intersect[A, B >: A, C](from: IterableOnce[A], that: IterableOnce[B], to: Builder[A, C]): C = {
    val counts = occurrences[B](that)
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      if (takeOne[B](counts, x)) to.addOne(x)
    }
    to.result()
  }

  private def occurrences[B](from: IterableOnce[B]): MutableHashMap[B, Int] = {
    val counts = new MutableHashMap[B, Int]()
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      counts.update(x, counts.getOrElse[Int](x, 0) + 1)
    }
    counts
  }

  private def takeOne[B](counts: MutableHashMap[B, Int], x: B): Boolean = {
    val n = counts.getOrElse[Int](x, 0)
    if (n > 0) counts.update(x, n - 1)
    n > 0
  }

  // ── groups; expected linear. The orders of the resulting maps are Scala's. ──
  def groupBy[A, K, C](from: IterableOnce[A], key: A => K, make: () => Builder[A, C]): Map[K, C] = {
    val groups = builders[A, K, A, C](from, key, (x: A) => x, make)
    var result: HashMap[K, C] = HashMap.empty[K, C]
    val it = groups.iterator
    while (it.hasNext) {
      val group = it.next()
      result = result.updated[C](group._1, group._2.result())
    }
    result
  }

  def groupMap[A, K, B, C](from: IterableOnce[A], key: A => K, f: A => B, make: () => Builder[B, C]): Map[K, C] = {
    val groups = builders[A, K, B, C](from, key, f, make)
    val result = Map.newBuilder[K, C]
    val it = groups.iterator
    while (it.hasNext) {
      val group = it.next()
      result.addOne((group._1, group._2.result()))
    }
    result.result()
  }

  private def builders[A, K, B, C](
      from: IterableOnce[A],
      key: A => K,
      f: A => B,
      make: () => Builder[B, C]
  ): MutableHashMap[K, Builder[B, C]] = {
    val groups = new MutableHashMap[K, Builder[B, C]]()
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      val k = key(x)
      groups.getOrElseUpdate(k, make()).addOne(f(x))
    }
    groups
  }

  def groupMapReduce[A, K, B](from: IterableOnce[A], key: A => K, f: A => B, reduce: (B, B) => B): Map[K, B] = {
    val groups = new MutableHashMap[K, B]()
    val it = from.iterator
    while (it.hasNext) {
      val x = it.next()
      val k = key(x)
      groups.get(k) match {
        case Some(old) => groups.update(k, reduce(old, f(x)))
        case None => groups.update(k, f(x))
      }
    }
    Map.from[K, B](groups)
  }

  // ── rows and columns ──
  def transpose[A, B, C, D](
      from: Iterable[A],
      ev: A => IterableOnce[B],
      make: () => Builder[B, C],
      to: Builder[C, D]
  ): D = {
    if (from.nonEmpty) {
      val rows = from.iterator
      val first = Sorting.elements[B](ev(rows.next()))
      val columns = new Array[Any](first.length)
      var i = 0
      while (i < first.length) {
        val column = make()
        column.addOne(first(i).asInstanceOf[B])
        columns(i) = column
        i += 1
      }
      while (rows.hasNext) {
        val row = ev(rows.next()).iterator
        i = 0
        while (row.hasNext) {
          if (i >= columns.length) unequalRows()
          columns(i).asInstanceOf[Builder[B, C]].addOne(row.next())
          i += 1
        }
        if (i != columns.length) unequalRows()
      }
      i = 0
      while (i < columns.length) {
        to.addOne(columns(i).asInstanceOf[Builder[B, C]].result())
        i += 1
      }
    }
    to.result()
  }

  private def unequalRows(): Nothing =
    throw new IllegalArgumentException("transpose requires all collections have the same size")

  /** All of `from`. */
  def all[A, C](from: IterableOnce[A], to: Builder[A, C]): C = {
    to.addAll(from)
    to.result()
  }
}
